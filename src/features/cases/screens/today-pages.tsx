import { useState } from 'react'
import { codeOf } from '../../../web/api.ts'
import { Navigate } from '../../../web/Router.tsx'
import { useDesk } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { homeOf, waysOf } from '../../../web/ways.ts'
import type { Instant } from '../../../core/time.ts'
import type { ChildCase } from '../case.ts'
import { aboutText } from './about-text.ts'
import { type Away, awayText } from './AwayNote.tsx'
import { ownCases } from './case-file.ts'
import { TeamDay } from './TeamDay.tsx'
import { REGISTERS, useTasks } from './shown-tasks.ts'
import { Today } from './Today.tsx'

export function TodayPage() {
  const features = useFeatures()
  return (
    <div className="stack wide">
      {features.map(({ name, aboveDay: Above }) => Above !== undefined && <Above key={name} />)}
      <OwnDay />
    </div>
  )
}

function OwnDay() {
  const { speech, now, rows, person, isBlank, sync } = useDesk()
  const tasks = useTasks()
  const features = useFeatures()
  if (!waysOf(person.role, speech.t).some((way) => way.href === '/'))
    return <Navigate to={homeOf(person.role)} replace />
  if (person.role === 'supervisor') return <TeamDayPage />
  const own = features.map(({ name, day: Part }) => Part !== undefined && <Part key={name} />)
  // Who is named beside a child's worker has no case of her own: her day is what features put on it.
  if (!REGISTERS.includes(person.role)) return <Screen title={speech.t('way.today')}>{own}</Screen>
  if (isBlank)
    return (
      <Screen title={speech.t('way.today')}>
        {sync === 'no_connection' ? (
          <Notice tone="due">{errorText(speech, sync)}</Notice>
        ) : (
          <p className="small">{speech.t('wait')}</p>
        )}
      </Screen>
    )
  return (
    <Today
      speech={speech}
      now={now}
      tasks={tasks}
      hasCases={ownCases(rows).length > 0}
      canOpen={REGISTERS.includes(person.role)}
    >
      {own}
    </Today>
  )
}

type LateCase = { caseId: string; alias: string; workerId: string; since: Instant }
type Day = {
  unsafe: { caseId: string; alias: string; workerName: string | null; since: Instant }[]
  late: LateCase[]
  lateWorkers: { workerId: string; workerName: string | null; steps: number; cases: number; since: Instant }[]
  give: (ChildCase & { workerName: string | null })[]
  asked: { id: string; caseId: string; alias: string; workerName: string | null; dueAt: Instant }[]
  differences: { caseId: string; alias: string; workerName: string | null; since: Instant }[]
  loads: { workerId: string; name: string; open: number; hours: number; away: Away | null }[]
}

function TeamDayPage() {
  const features = useFeatures()
  const { app, desk, speech, now, pack } = useDesk()
  const { t } = speech
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'team-day',
    async () => (await app.api.get('/api/team-day')) as Day,
    desk.replica.state().syncedAt ?? '',
  )
  const [later, setLater] = useState<{ to: LateCase[]; late: LateCase[] } | null>(null)
  const [problem, say] = useState<string | null>(null)
  const day: Day =
    asked.state === 'answered'
      ? asked.value
      : { unsafe: [], late: [], lateWorkers: [], give: [], asked: [], differences: [], loads: [] }
  // What was asked for beyond the first page goes with it: a new first page begins anew.
  const late = later !== null && later.to === day.late ? [...day.late, ...later.late] : day.late
  const lateCases = day.lateWorkers.reduce((sum, { cases }) => sum + cases, 0)
  const last = late.at(-1)

  async function moreLate({ since, caseId }: LateCase): Promise<void> {
    try {
      const path = `/api/team-day/late?since=${encodeURIComponent(since)}&caseId=${caseId}`
      const page = (await app.api.get(path)) as { late: LateCase[] } // our own server answers in its own schema
      setLater({ to: day.late, late: [...late.slice(day.late.length), ...page.late] })
      say(null)
    } catch (error) {
      say(errorText(speech, codeOf(error)))
    }
  }
  return (
    <TeamDay
      speech={speech}
      now={now}
      isFetching={asked.state === 'asking'}
      problem={problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null)}
      unsafe={day.unsafe.map(({ caseId, alias, workerName, since }) => ({
        key: caseId,
        title: alias,
        about: [workerName, t('team.unsafe_since', { when: momentText(speech, since, pack.timeZone, now) })]
          .filter(Boolean)
          .join(' · '),
        href: `/cases/${caseId}`,
        button: t('save.look'),
      }))}
      late={day.lateWorkers.map(({ workerId, workerName, ...worker }) => ({
        id: workerId,
        name: workerName ?? '–',
        ...worker,
        shown: late.flatMap((one) => (one.workerId === workerId ? [{ id: one.caseId, alias: one.alias }] : [])),
      }))}
      moreLate={last !== undefined && late.length < lateCases ? () => void moreLate(last) : null}
      limits={features.map(({ name, limits: Limits }) => Limits !== undefined && <Limits key={name} />)}
      approvals={features.map(({ name, approvals: Approvals }) => Approvals !== undefined && <Approvals key={name} />)}
      give={day.give.map((row) => ({
        key: row.id,
        title: row.alias,
        about: `${aboutText({ speech, pack }, row)} · ${t('team.opened', { when: momentText(speech, row.openedAt, pack.timeZone, now) })}`,
        href: `/cases/${row.id}/assign`,
        button: t('cases.assign'),
      }))}
      asked={day.asked.map(({ id, caseId, alias, workerName, dueAt }) => ({
        key: id,
        title: alias,
        about: [workerName, t('time.due', { when: momentText(speech, dueAt, pack.timeZone, now) })]
          .filter(Boolean)
          .join(' · '),
        href: `/cases/${caseId}/match/${id}`,
        button: t('save.look'),
      }))}
      differences={day.differences.map(({ caseId, alias, workerName, since }) => ({
        key: caseId,
        title: alias,
        about: [workerName, t('team.differs', { when: momentText(speech, since, pack.timeZone, now) })]
          .filter(Boolean)
          .join(' · '),
        href: `/cases/${caseId}/differences`,
        button: t('save.look'),
      }))}
      loads={day.loads.map(({ workerId, away, ...load }) => ({
        ...load,
        id: workerId,
        of: pack.workload.hoursAMonth,
        away: away === null ? null : awayText({ speech, timeZone: pack.timeZone, now }, away),
      }))}
    >
      {features.map(({ name, team: Team }) => Team !== undefined && <Team key={name} />)}
    </TeamDay>
  )
}
