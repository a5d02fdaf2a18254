import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { homeOf, waysOf } from '../../../web/ways.ts'
import { answersTo, callNameOf, initials, ownCase, ownCases, type OwnCase } from './case-file.ts'
import { CaseHome, type Step } from './CaseHome.tsx'
import { Cases, type CaseLine, type Chip } from './Cases.tsx'
import { codeText, regionText } from './codes.ts'
import { pathEntries } from './entries.ts'
import { NotThere, useCaseId } from './NotThere.tsx'
import { Timeline } from './Timeline.tsx'
import { Today, type ShownTask } from './Today.tsx'
import { type OpenedCase, useCase } from './use-case.ts'
import { type Reader, WhoMaySee } from './WhoMaySee.tsx'

export { AssignPage, DifferencesPage, EditCardPage, SafeStartPage } from './edit-pages.tsx'

const REGISTERS = ['case_worker', 'supervisor', 'intake']
const LATEST = 5

function useTasks(): ShownTask[] {
  const { rows, pack, speech, now } = useDesk()
  return useFeatures()
    .flatMap((feature) => feature.tasks({ rows, pack, now, speech }))
    .flatMap((task) => {
      const own = ownCase(rows, task.caseId)
      if (own === null) return []
      const callName = callNameOf(own)
      const who = callName === null ? own.case.alias : `${own.case.alias} · ${callName}`
      return [
        { ...task, who, place: regionText(pack, speech, own.case.region), timeZone: zoneOf(pack, own.case.region) },
      ]
    })
}

export function TodayPage() {
  const { speech, now, rows, person } = useDesk()
  const tasks = useTasks()
  if (!waysOf(person.role, speech.t).some((way) => way.href === '/'))
    return <Navigate to={homeOf(person.role)} replace />
  return (
    <Today
      speech={speech}
      now={now}
      tasks={tasks}
      hasCases={ownCases(rows).length > 0}
      canOpen={REGISTERS.includes(person.role)}
    />
  )
}

type Listed = { cases: (OwnCase['case'] & { workerName: string | null })[]; next: string | null }

export function CasesPage() {
  const { app, speech, now, rows, pack, person, desk } = useDesk()
  const { t } = speech
  const supervises = person.teams.some((team) => team.supervises)
  const chips: Chip[] = supervises ? ['team', 'mine', 'new', 'closed'] : ['mine', 'overdue', 'new', 'closed']
  const [chip, choose] = useState<Chip>(chips[0] ?? 'mine')
  const [after, setAfter] = useState<Listed['cases']>([])
  const tasks = useTasks()
  const scope = chip === 'team' || supervises ? 'team' : 'mine'
  const isLocal = !supervises && chip !== 'closed'
  const isMineOfSupervisor = supervises && chip === 'mine'
  const asked = useAnswer(
    `cases|${isLocal ? 'here' : isMineOfSupervisor ? 'mine' : scope}`,
    async (): Promise<Listed> => {
      if (isLocal) return { cases: [], next: null }
      return (await app.api.get(`/api/cases?scope=${isMineOfSupervisor ? 'mine' : scope}`)) as Listed // our own server answers in its own schema
    },
    desk.replica.state().syncedAt ?? '',
  )
  const listed = asked.state === 'answered' ? [...asked.value.cases, ...after] : []
  const last =
    after.at(-1) ?? (asked.state === 'answered' && asked.value.next !== null ? asked.value.cases.at(-1) : undefined)
  const all: (OwnCase & { worker: string | null })[] = isLocal
    ? ownCases(rows).map((own) => ({ ...own, worker: null }))
    : listed.map((row) => ({
        ...(ownCase(rows, row.id) ?? { case: row, card: null, safeStart: null, marks: null }),
        worker: scope === 'team' ? row.workerName : null,
      }))
  const shown = all.filter((own) => fits(own))

  function fits({ case: row }: OwnCase): boolean {
    switch (chip) {
      case 'mine':
      case 'team':
        return row.state === 'open'
      case 'overdue':
        return row.state === 'open' && tasks.some((task) => task.caseId === row.id && task.dueAt < now)
      case 'new':
        return row.state === 'open' && Date.parse(now) - Date.parse(row.openedAt) < 7 * 86_400_000
      case 'closed':
        return row.state === 'closed'
    }
  }

  function lineOf(own: OwnCase & { worker: string | null }): CaseLine {
    const mine = tasks.filter((task) => task.caseId === own.case.id).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    const late = mine.filter((task) => task.dueAt < now).length
    const next =
      late > 0
        ? ({ text: t('cases.late', { count: late }), tone: 'urgent' } as const)
        : mine.length > 0
          ? ({ text: t('cases.open_steps', { count: mine.length }), tone: 'due' } as const)
          : null
    return {
      id: own.case.id,
      alias: own.case.alias,
      callName: callNameOf(own),
      about: aboutText(own),
      next,
      worker: own.worker,
      answersTo: (search) => answersTo(own, search),
    }
  }

  function aboutText({ case: row }: OwnCase): string {
    return [t(`cases.sex.${row.sex}`), t(`cases.age.${row.ageBand}`), regionText(pack, speech, row.region)].join(' · ')
  }

  async function fetchMore(id: string) {
    const page = (await app.api.get(`/api/cases?scope=${isMineOfSupervisor ? 'mine' : scope}&after=${id}`)) as Listed // as above
    setAfter([...after, ...page.cases])
  }

  return (
    <Cases
      speech={speech}
      chips={chips}
      chip={chip}
      choose={choose}
      lines={asked.state === 'asking' ? null : shown.map(lineOf)}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      canOpen={REGISTERS.includes(person.role)}
      more={last === undefined || isLocal ? null : () => void fetchMore(last.id)}
    />
  )
}

export function CaseHomePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, pack, now, desk, person, rows } = useDesk()
  const features = useFeatures()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { opened, problem } = found
  const { case: row, timeZone, identity, card, isMine, file } = opened
  const tasks = features
    .flatMap((feature) => feature.tasks({ rows, pack, now, speech }))
    .filter((task) => task.caseId === caseId)
  const steps = (isMine ? tasks : [])
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    .map((task): Step => ({
      title: task.title,
      why: `${task.why} ${t('time.due', { when: momentText(speech, task.dueAt, timeZone, now) })}`,
      href: task.href,
      button: t('cases.do_step'),
    }))
  const record: Step = {
    title: t('cases.record_next'),
    why: t('cases.record_next_why'),
    href: `/cases/${caseId}/contact`,
    button: t('cases.record_button'),
  }
  return (
    <CaseHome
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      mark={initials(row.alias)}
      callName={callNameOf({ case: row, card: isMine ? card : null })}
      about={aboutOf(opened)}
      fullName={identity?.fullName ?? null}
      isClosed={row.state === 'closed'}
      isThreatened={row.threatened}
      next={row.state === 'closed' || !isMine ? null : (steps[0] ?? record)}
      steps={steps.slice(1)}
      latest={
        file === null && problem === null
          ? null
          : pathEntries({ speech, pack, timeZone, now }, desk.replica.waiting(), caseId, file?.timeline ?? []).slice(
              0,
              LATEST,
            )
      }
      differences={
        file?.conflicts.length ??
        desk.replica.attention().filter((one) => one.kind === 'difference' && one.op.payload.caseId === caseId).length
      }
      canEdit={isMine && row.state === 'open'}
      canAssign={person.role === 'supervisor' && row.state === 'open'}
      problem={
        problem === null ? null : problem === 'no_connection' ? t('cases.from_device') : errorText(speech, problem)
      }
      printed={t('cases.printed', {
        alias: row.alias,
        when: momentText(speech, now, timeZone, now),
        name: person.name,
      })}
    >
      {features.map(({ name, strip: Strip }) => Strip !== null && <Strip key={name} caseId={caseId} />)}
    </CaseHome>
  )

  function aboutOf({ case: child }: OpenedCase): string {
    const age =
      identity?.approxAge === undefined || identity.approxAge === null
        ? t(`cases.age.${child.ageBand}`)
        : t('cases.about_age', { age: identity.approxAge })
    const spoken =
      identity?.language === undefined || identity.language === null
        ? []
        : [codeText(pack, 'languages', speech, identity.language)]
    return [t(`cases.sex.${child.sex}`), age, regionText(pack, speech, child.region), ...spoken].join(' · ')
  }
}

export function TimelinePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, pack, now, desk } = useDesk()
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened, problem } = found
  const entries = pathEntries(
    { speech, pack, timeZone: opened.timeZone, now },
    desk.replica.waiting(),
    caseId,
    opened.file?.timeline ?? [],
  )
  return (
    <Timeline
      speech={speech}
      alias={opened.case.alias}
      entries={entries}
      note={problem === null ? null : speech.t('cases.from_device')}
    />
  )
}

type Who = {
  people: { name: string; role: string; organisation: string; basis: string; until: string | null; parts: string[] }[]
}

export function WhoMaySeePage() {
  const caseId = useCaseId()
  const { app, speech, rows } = useDesk()
  const asked = useAnswer(`who|${caseId}`, async () => (await app.api.get(`/api/cases/${caseId}/who`)) as Who)
  const readers = asked.state === 'answered' ? asked.value.people.map(readerOf) : null
  function readerOf({ name, role, organisation, basis, until, parts }: Who['people'][number]): Reader {
    return {
      key: `${name}|${role}|${basis}`,
      name,
      role: speech.find(`role.${role}`) ?? role,
      organisation,
      basis: speech.find(`basis.${basis}`) ?? basis,
      parts: parts
        .filter((part) => part !== 'case')
        .map((part) => speech.find(`part.${part}`) ?? part)
        .join(', '),
      until: until === null ? null : speech.t('cases.who_until', { day: until.slice(0, 10) }),
    }
  }
  return (
    <WhoMaySee
      speech={speech}
      alias={ownCase(rows, caseId)?.case.alias ?? speech.t('cases.this_case')}
      readers={readers}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}
