import { useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { aboutText } from './about-text.ts'
import { answersTo, callNameOf, ownCase, ownCases, type OwnCase } from './case-file.ts'
import { Cases, type CaseLine, type Scope, SHOWS, type ShowChip } from './Cases.tsx'
import { REGISTERS, useTasks } from './shown-tasks.ts'
import { stepsOf } from './tasks.ts'
import { type ListedCase, useCasePages } from './use-case-pages.ts'

/** A device holds the cards of this many cases; whoever carries more sees the rest from the server. */
const CARDS = 60
const NEW_MS = 7 * 86_400_000

type Shown = OwnCase & { worker: string | null; isHere: boolean; late: number }

export function CasesPage() {
  const { speech, now, rows, pack, person } = useDesk()
  const { t } = speech
  const supervises = person.teams.some((team) => team.supervises)
  const [scope, chooseScope] = useState<Scope>(supervises ? 'team' : 'mine')
  const [show, chooseShow] = useState<ShowChip>('open')
  const tasks = useTasks()
  const here = ownCases(rows)
  const isHere = scope === 'mine' && show !== 'closed' && here.length > 0 && here.length < CARDS
  const pages = useCasePages(isHere ? null : { scope, show: scope === 'mine' && show === 'overdue' ? 'open' : show })
  // Without a line the cards of this device are better than nothing.
  const isLocal = isHere || (scope === 'mine' && show !== 'closed' && pages.problem !== null)
  const shown: Shown[] = isLocal
    ? here.filter(fits).map((own) => ({ ...own, worker: null, isHere: true, late: 0 }))
    : pages.cases.map(fromServer).filter((own) => show !== 'overdue' || scope === 'team' || fits(own))

  function fromServer(row: ListedCase): Shown {
    const own = ownCase(rows, row.id)
    const worker = scope === 'team' ? row.workerName : null
    const { late } = row
    if (own !== null) return { ...own, worker, late, isHere: true }
    return {
      case: row,
      card: null,
      safeStart: null,
      steps: null,
      takenUntil: null,
      hits: [],
      worker,
      late,
      isHere: false,
    }
  }

  function fits({ case: row }: OwnCase): boolean {
    switch (show) {
      case 'open':
        return row.state === 'open'
      case 'overdue':
        return tasks.some((task) => task.caseId === row.id && task.dueAt < now && task.waits !== true)
      case 'new':
        return row.state === 'open' && Date.parse(now) - Date.parse(row.openedAt) < NEW_MS
      case 'closed':
        return row.state === 'closed'
    }
  }

  function lineOf(own: Shown): CaseLine {
    const due = tasks
      .filter((task) => task.caseId === own.case.id && task.waits !== true)
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    const [next] = due
    const late = Math.max(own.late, due.filter((task) => task.dueAt < now).length)
    return {
      id: own.case.id,
      alias: own.case.alias,
      callName: callNameOf(own),
      about: aboutText({ speech, pack }, own.case),
      stage: stageText(own),
      next: next === undefined ? null : { text: next.title, due: momentText(speech, next.dueAt, next.timeZone, now) },
      late,
      isHere: own.isHere,
      isTaken: own.takenUntil !== null && own.takenUntil > now,
      worker: own.worker,
      answersTo: (search) => answersTo(own, search),
    }
  }

  function stageText(own: Shown): string {
    if (own.case.state === 'closed') return t('cases.stage.closed')
    return t(own.isHere && stepsOf(own).length > 0 ? 'cases.stage.first_steps' : 'cases.stage.working')
  }

  return (
    <Cases
      speech={speech}
      scopes={supervises ? ['team', 'mine'] : []}
      scope={scope}
      chooseScope={chooseScope}
      shows={SHOWS}
      show={show}
      chooseShow={chooseShow}
      lines={!isLocal && pages.isFetching ? null : shown.map(lineOf)}
      problem={pages.problem === null ? null : errorText(speech, pages.problem)}
      canOpen={REGISTERS.includes(person.role)}
      more={isLocal ? null : pages.more}
      fetchAll={isLocal ? null : pages.fetchAll}
    />
  )
}
