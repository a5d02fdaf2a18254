import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { AgeBand } from '../case.ts'
import { belongsOn, COLUMNS, firstView, type ListView, type SavedList, type Stage } from '../list-view.ts'
import { assignCase } from '../ops.ts'
import { aboutText } from './about-text.ts'
import { answersTo, callNameOf, ownCase, ownCases, type OwnCase } from './case-file.ts'
import { listText, nextOf } from './group-tasks.ts'
import { Cases, type CaseLine } from './Cases.tsx'
import { regionText } from './codes.ts'
import type { ShownTask } from './group-tasks.ts'
import { REGISTERS, useTaskRules } from './shown-tasks.ts'
import { stepsOf } from './tasks.ts'
import { type ListedCase, useCasePages } from './use-case-pages.ts'
import { useRecord } from './use-record.ts'
import { AwayNote } from './AwayNote.tsx'
import { useWorkers } from './use-workers.ts'

/** A device holds the cards of this many cases; whoever carries more sees the rest from the server. */
const CARDS = 60
const NEW_MS = 7 * 86_400_000

type Shown = OwnCase & { worker: string | null; isHere: boolean; late: number }

export function CasesPage() {
  const { desk, speech, now, rows, pack, person } = useDesk()
  const { t } = speech
  const supervises = person.teams.some((team) => team.supervises)
  const [view, choose] = useState<ListView>(() => firstView(supervises))
  const lists = useLists()
  const record = useRecord()
  const here = ownCases(rows)
  const { scope, show } = view
  const isHere = scope === 'mine' && show !== 'closed' && here.length > 0 && here.length < CARDS
  const pages = useCasePages(isHere ? null : { scope, show: scope === 'mine' && show === 'overdue' ? 'open' : show })
  // Without a line the cards of this device are better than nothing.
  const isLocal = isHere || (scope === 'mine' && show !== 'closed' && pages.problem !== null)
  // Of a case on this device everything is known here; of another one the server says what is due, and no word.
  const due = useTaskRules()
  const tasks = [...due(rows), ...pages.rows.flatMap(due).filter((task) => ownCase(rows, task.caseId) === null)]
  const all: Shown[] = isLocal
    ? here.filter(fits).map((own) => ({ ...own, worker: null, isHere: true, late: 0 }))
    : pages.cases.map(fromServer).filter((own) => show !== 'overdue' || scope === 'team' || fits(own))
  const shown = all.filter((own) =>
    belongsOn(view, {
      region: own.case.region,
      ageBand: own.case.ageBand,
      stage: stageOf(own),
      workerId: own.case.workerId,
    }),
  )
  const workers = [...new Map(all.map((own) => [own.case.workerId, own.worker])).entries()].flatMap(([value, label]) =>
    label === null ? [] : [{ value, label }],
  )
  // Whoever may be given a case; asked for only where cases can be given.
  const { inLines: options, away } = useWorkers(supervises)

  function fromServer(row: ListedCase): Shown {
    const own = ownCase(rows, row.id)
    const worker = scope === 'team' ? row.workerName : null
    const { late } = row
    if (own !== null) return { ...own, worker, late, isHere: true }
    const theirs = pages.rows.map((found) => ownCase(found, row.id)).find((found) => found !== null)
    const nothing = { card: null, safeStart: null, steps: null, identity: null, takenUntil: null, hits: [] }
    return { ...(theirs ?? nothing), case: row, worker, late, isHere: false }
  }

  function fits({ case: row }: OwnCase): boolean {
    switch (show) {
      case 'open':
        return row.state === 'open'
      case 'overdue':
        return lateOf(row.id) > 0
      case 'new':
        return row.state === 'open' && Date.parse(now) - Date.parse(row.openedAt) < NEW_MS
      case 'closed':
        return row.state === 'closed'
    }
  }

  function lineOf(own: Shown): CaseLine {
    const next = nextOf(tasks, own.case.id, now)
    // Of her team's cases the server says it, by the same rule as on her day and where she asks for what is overdue.
    const late = scope === 'team' && !isLocal ? own.late : lateOf(own.case.id)
    return {
      id: own.case.id,
      alias: own.case.alias,
      callName: callNameOf(own),
      says: {
        about: aboutText({ speech, pack }, own.case),
        next: nextText(next),
        stage: t(`cases.stage.${stageOf(own)}`),
        worker: own.worker,
        opened: dayText(speech, own.case.openedAt, pack.timeZone, now),
      },
      late,
      // A browser that keeps nothing holds no case, whatever this page has in memory.
      isHere: own.isHere && desk.vault.lasting,
      isTaken: own.takenUntil !== null && own.takenUntil > now,
      answersTo: (search) => answersTo(own, search),
    }
  }

  /** What is to be done next, by the rule of a worker's own day: her list and her supervisor's say the same words and moment. */
  function nextText(next: ShownTask | null): string {
    if (next === null) return t('cases.next_none')
    const typed = next.inList?.typed ?? null
    const text = typed === null ? listText(next) : t('cases.next_typed', { text: listText(next), typed })
    return t('cases.next', { text, due: momentText(speech, next.dueAt, next.timeZone, now) })
  }

  function lateOf(caseId: string): number {
    return tasks.filter((task) => task.caseId === caseId && task.dueAt < now && task.waits !== true).length
  }

  /** Gives one case after the other, and says which could not be given. */
  async function give(chosen: readonly string[], values: FormValues): Promise<FormErrors | null> {
    const personId = one(values, 'personId')
    if (personId === '') return { personId: t('field.needed') }
    const left: string[] = []
    let why = ''
    for (const own of shown.filter(({ case: row }) => chosen.includes(row.id))) {
      const payload = { caseId: own.case.id, personId, teamId: own.case.teamId }
      const known = { closedAt: own.case.closedAt, worker: { id: personId, sector: '', role: '' }, teamIsOurs: true } // the server knows better, and decides
      const wrong = await record(assignCase, payload, known, pack.timeZone)
      if (wrong === null) continue
      left.push(own.case.alias)
      why = Object.values(wrong)[0] ?? ''
    }
    return left.length === 0 ? null : { '': t('cases.give_left', { aliases: left.join(', '), why }) }
  }

  return (
    <Cases
      speech={speech}
      view={view}
      choose={(next) => {
        // What is narrowed is looked for in all of them, not on the first page alone.
        if (!isLocal) pages.fetchAll?.()
        choose(next)
      }}
      options={{
        scopes: supervises ? ['team', 'mine'] : [],
        regions: pack.regions.map(({ code }) => ({ value: code, label: regionText(pack, speech, code) })),
        ages: AgeBand.options.map((value) => ({ value, label: t(`cases.age.${value}`) })),
        workers,
      }}
      lists={lists.kept.map((list) => ({
        id: list.id,
        name: nameOf(list.view),
        open: () => choose(list.view),
        drop: () => void lists.drop(list.id),
      }))}
      keep={lists.kept.some((list) => isSame(list.view, view)) ? null : () => void lists.keep(view)}
      lines={!isLocal && pages.isFetching ? null : shown.map(lineOf)}
      problem={lists.problem ?? (pages.problem === null ? null : errorText(speech, pages.problem))}
      canOpen={REGISTERS.includes(person.role)}
      more={isLocal ? null : pages.more}
      fetchAll={isLocal ? null : pages.fetchAll}
      giving={
        supervises && scope === 'team' && show !== 'closed' && options.length + away.away.length > 0
          ? { workers: options, away: <AwayNote speech={speech} {...away} />, draft: desk.drafts.of('give-many'), give }
          : null
      }
    />
  )

  /** A list is called by what it shows: there is no place where a name could be typed. */
  function nameOf(of: ListView): string {
    const worker = workers.find(({ value }) => value === of.workerId)?.label ?? t('cases.one_worker')
    return [
      t(`cases.chip.${of.show}`),
      of.region === null ? '' : regionText(pack, speech, of.region),
      of.ageBand === null ? '' : t(`cases.age.${of.ageBand}`),
      of.stage === null ? '' : t(`cases.stage.${of.stage}`),
      of.workerId === null ? '' : worker,
    ]
      .filter((text) => text !== '')
      .join(' · ')
  }
}

function isSame(a: ListView, b: ListView): boolean {
  const choices = ({ scope, show, region, ageBand, stage, workerId, columns }: ListView) =>
    JSON.stringify([scope, show, region, ageBand, stage, workerId, COLUMNS.filter((one) => columns.includes(one))])
  return choices(a) === choices(b)
}

function stageOf(own: Shown): Stage {
  if (own.case.state === 'closed') return 'closed'
  return stepsOf(own).length > 0 ? 'first_steps' : 'working'
}

/** The lists this person keeps on her account; without a line there are none to open. */
function useLists() {
  const { app, speech } = useDesk()
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'my-lists',
    async () => ((await app.api.get('/api/my/lists')) as { lists: SavedList[] }).lists,
    turn,
  )
  async function post(path: string, body: object) {
    try {
      await app.api.post(path, body)
      setProblem(null)
    } catch (error) {
      setProblem(errorText(speech, codeOf(error)))
    }
    setTurn(turn + 1)
  }
  return {
    kept: asked.state === 'answered' ? asked.value : [],
    problem,
    keep: (view: ListView) => post('/api/my/lists', { id: newId(), view }),
    drop: (id: string) => post('/api/my/lists/remove', { id }),
  }
}
