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
import { ownCases } from './case-file.ts'
import { type LateWorker, TeamDay } from './TeamDay.tsx'
import { REGISTERS, useTasks } from './shown-tasks.ts'
import { Today } from './Today.tsx'

export function TodayPage() {
  const { speech, now, rows, person, isBlank, sync } = useDesk()
  const tasks = useTasks()
  const features = useFeatures()
  if (!waysOf(person.role, speech.t).some((way) => way.href === '/'))
    return <Navigate to={homeOf(person.role)} replace />
  if (person.role === 'supervisor') return <TeamDayPage />
  const own = features.map(({ name, day: OwnDay }) => OwnDay !== undefined && <OwnDay key={name} />)
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

type Day = {
  late: { caseId: string; alias: string; workerId: string; workerName: string | null; count: number; since: Instant }[]
  give: (ChildCase & { workerName: string | null })[]
  asked: { id: string; caseId: string; alias: string; workerName: string | null; dueAt: Instant }[]
  loads: { workerId: string; name: string; open: number; hours: number }[]
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
  const day: Day = asked.state === 'answered' ? asked.value : { late: [], give: [], asked: [], loads: [] }
  return (
    <TeamDay
      speech={speech}
      now={now}
      isFetching={asked.state === 'asking'}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      late={byWorker(day.late)}
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
      loads={day.loads.map(({ workerId, ...load }) => ({ id: workerId, of: pack.workload.hoursAMonth, ...load }))}
    >
      {features.map(({ name, team: Team }) => Team !== undefined && <Team key={name} />)}
    </TeamDay>
  )
}

/** Whoever has waited longest stands first. */
function byWorker(late: Day['late']): LateWorker[] {
  const workers = new Map<string, LateWorker & { cases: { id: string; alias: string; count: number }[] }>()
  for (const { caseId, alias, workerId, workerName, count, since } of late) {
    const worker = workers.get(workerId) ?? { id: workerId, name: workerName ?? '–', steps: 0, since, cases: [] }
    worker.steps += count
    if (since < worker.since) worker.since = since
    worker.cases.push({ id: caseId, alias, count })
    workers.set(workerId, worker)
  }
  return [...workers.values()].sort((a, b) => (a.since < b.since ? -1 : 1))
}
