import { useState } from 'react'
import { useGoOn } from '../../../web/here-context.ts'
import { Day, dayOf } from '../../../core/time.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { keyOf } from '../../../web/replica.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { ChildCase } from '../../cases/case.ts'
import { assignCase } from '../../cases/ops.ts'
import { aboutText } from '../../cases/screens/about-text.ts'
import { type Away, AwayNote, awayText, isAway } from '../../cases/screens/AwayNote.tsx'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { editWish } from '../ops.ts'
import { type ChildWish, fitOf, Prefers, WorkerSays } from '../wish.ts'
import { AboutMe } from './AboutMe.tsx'
import { Allocate } from './Allocate.tsx'
import { useAllocation } from './use-allocation.ts'
import { Wish } from './Wish.tsx'
import { fitText, languageOptions, languageText, wishText } from './wish-text.ts'

type TeamDay = {
  give: (ChildCase & { workerName: string | null })[]
  loads: { workerId: string; name: string; open: number; hours: number; away: Away | null }[]
}

export function AllocatePage() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  const record = useRecord()
  const [isAwayToo, offerAway] = useState(false)
  const allocation = useAllocation()
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'team-day',
    async () => (await app.api.get('/api/team-day')) as TeamDay,
    `${desk.replica.state().syncedAt ?? ''}|${desk.replica.waiting().length}`,
  )
  const day = asked.state === 'answered' ? asked.value : { give: [], loads: [] }
  const { said, wishes } =
    allocation.state === 'answered' ? allocation.value : { said: [], wishes: [] as ChildWishOf[] }
  const when = { speech, timeZone: pack.timeZone, now }
  const loadText = ({ hours, open, away }: TeamDay['loads'][number]) =>
    [
      t('allocation.load', { hours, of: pack.workload.hoursAMonth, count: open }),
      ...(away === null ? [] : [awayText(when, away)]),
    ].join(' · ')

  function workersFor(wish: ChildWishOf | null) {
    // Whoever has least to do stands first; what fits the child's wish is said, and sorts nobody.
    return day.loads
      .filter(({ away }) => isAwayToo || away === null || !isAway(away, when))
      .sort((a, b) => a.hours - b.hours)
      .map((load) => {
        const says = said.find(({ workerId }) => workerId === load.workerId) ?? null
        const speaks = (says?.languages ?? []).map((code) => languageText({ speech, pack }, code)).join(', ')
        const fit = fitText({ speech, pack }, fitOf(wish, says))
        return {
          value: load.workerId,
          label: load.name,
          hint: [loadText(load), speaks, fit].filter((text) => text !== '').join(' · '),
        }
      })
  }

  async function give(row: ChildCase, values: FormValues): Promise<FormErrors | null> {
    const personId = one(values, 'personId')
    if (personId === '') return { personId: t('field.needed') }
    const known = { closedAt: row.closedAt, worker: { id: personId, sector: '', role: '' }, teamIsOurs: true } // the server knows better, and decides
    return record(assignCase, { caseId: row.id, personId, teamId: row.teamId }, known, pack.timeZone)
  }

  return (
    <Allocate
      speech={speech}
      cases={day.give.map((row) => {
        const wish = wishes.find(({ caseId }) => caseId === row.id) ?? null
        return {
          id: row.id,
          alias: row.alias,
          about: `${aboutText({ speech, pack }, row)} · ${t('team.opened', { when: momentText(speech, row.openedAt, pack.timeZone, now) })}`,
          wish: wishText({ speech, pack }, wish),
          workers: workersFor(wish),
          draft: desk.drafts.of(`allocate/${row.id}`),
          give: (values) => give(row, values),
        }
      })}
      loads={day.loads.map((load) => ({ id: load.workerId, name: load.name, text: loadText(load) }))}
      isFetching={asked.state === 'asking'}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      away={
        <AwayNote
          speech={speech}
          away={day.loads.flatMap(({ name, away }) =>
            away === null || !isAway(away, when) ? [] : [`${name} · ${awayText(when, away)}`],
          )}
          offer={isAwayToo ? null : () => offerAway(true)}
        />
      }
      isGuess={pack.workload.confidence !== 'confirmed_by_counsel'}
    />
  )
}

type ChildWishOf = Pick<ChildWish, 'prefers' | 'language'> & { caseId: string }

export function WishPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, desk, rows, pack, now } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  // Written by `packs` and the lay-over only, both from the schema of the thing.
  const before = (rows.get(keyOf({ thing: 'child_wish', id: caseId }))?.fields ?? {}) as Partial<ChildWish>

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const saidOn = Day.safeParse(one(values, 'saidOn'))
    const after: ChildWish = {
      prefers: pick(Prefers.options, one(values, 'prefers')),
      language: wordsOf(values, 'language'),
      saidOn: saidOn.success ? saidOn.data : null,
      inTheirWords: wordsOf(values, 'inTheirWords'),
    }
    const set = Object.fromEntries(
      Object.entries(after).filter(([name, value]) => (before[name as keyof ChildWish] ?? null) !== value), // a name of its own
    )
    // The day alone is no wish: a child that said nothing has not said with whom it would rather talk.
    if (
      after.prefers === null &&
      after.language === null &&
      after.inTheirWords === null &&
      before.prefers === undefined
    )
      return { prefers: speech.t('field.needed') }
    if (Object.keys(set).length > 0) {
      const known = { closedAt: row.closedAt }
      const wrong = await record(editWish, { id: caseId, caseId, set }, known, timeZone, {
        thing: 'child_wish',
        id: caseId,
      })
      if (wrong !== null) return wrong
    }
    goOn(`/cases/${caseId}`)
    return null
  }

  return (
    <Wish
      speech={speech}
      alias={row.alias}
      languages={languageOptions({ speech, pack })}
      start={{
        prefers: [before.prefers ?? ''],
        language: [before.language ?? ''],
        saidOn: [before.saidOn ?? dayOf(now, timeZone)],
        inTheirWords: [before.inTheirWords ?? ''],
      }}
      draft={desk.drafts.of(`wish/${caseId}`)}
      submit={submit}
    />
  )
}

export function AboutMePage() {
  const { app, desk, speech, pack } = useDesk()
  const goOn = useGoOn()
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'my-about',
    async () => ((await app.api.get('/api/my/about')) as { says: WorkerSays | null }).says,
  )

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const gender = pick(WorkerSays.shape.gender.options, one(values, 'gender')) ?? 'not_said'
    try {
      await app.api.post('/api/my/about', { languages: many(values, 'languages'), gender })
    } catch (error) {
      return { '': errorText(speech, codeOf(error)) }
    }
    goOn('/more')
    return null
  }

  return (
    <AboutMe
      speech={speech}
      languages={languageOptions({ speech, pack })}
      start={
        asked.state === 'answered'
          ? { languages: asked.value?.languages ?? [], gender: [asked.value?.gender ?? 'not_said'] }
          : null
      }
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      draft={desk.drafts.of('about-me')}
      submit={submit}
    />
  )
}
