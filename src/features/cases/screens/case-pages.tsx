import { type ComponentType, useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { dueWork } from '../../../web/due-work.ts'
import type { Task, WebFeature } from '../../../web/feature.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { Part } from '../../../core/part.ts'
import type { Instant } from '../../../core/time.ts'
import { takeAlong, TAKEN_ALONG_AT_MOST } from '../ops.ts'
import { aboutText } from './about-text.ts'
import { callNameOf, type Entry, initials, ownCase, ownCases } from './case-file.ts'
import { CaseHome, type Step } from './CaseHome.tsx'
import { codeText, regionText } from './codes.ts'
import { pathEntries } from './entries.ts'
import { nextFirst } from './group-tasks.ts'
import { NotThere, useCaseId } from './NotThere.tsx'
import { ReadsContext } from './reads-context.ts'
import { reasonHeaders } from './reason.ts'
import { Timeline } from './Timeline.tsx'
import { type OpenedCase, useCase } from './use-case.ts'
import { useRecord } from './use-record.ts'
import { type Reader, WhoMaySee } from './WhoMaySee.tsx'

const LATEST = 5

export function CaseHomePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { speech, pack, now, desk, person, rows } = useDesk()
  const record = useRecord()
  const [refused, setRefused] = useState<string | null>(null)
  const features = useFeatures()
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { opened, problem } = found
  const { case: row, timeZone, identity, card, isMine, file, takenUntil } = opened
  const open = isMine && row.state === 'open' ? dueWork(features, { rows, pack, now, speech }) : []
  const own = nextFirst(
    open.filter((task) => task.caseId === caseId),
    now,
  )
  const stepOf = (task: Task): Step => {
    const due = momentText(speech, task.dueAt, timeZone, now)
    return {
      title: task.title,
      why: `${/\p{L}$|\p{N}$/u.test(task.why) ? `${task.why}.` : task.why} ${t('time.due', { when: due })}`,
      due,
      href: task.href,
      button: t('cases.do_step'),
    }
  }
  const steps = own.filter((task) => task.waits !== true).map(stepOf)
  const parts = opened.file?.parts
  const reads = (part: Part) => isMine || parts === undefined || parts.includes(part)
  const ofFeatures = (shown: (feature: WebFeature) => ComponentType<{ caseId: string }> | null | undefined) =>
    features.map((feature) => {
      const Shown = shown(feature) ?? null
      return Shown !== null && <Shown key={feature.name} caseId={caseId} />
    })
  const isSeldom = (feature: WebFeature) => feature.isSeldom === true && row.state === 'open'
  const recordStep: Step = {
    title: t('cases.record_next'),
    why: t('cases.record_next_why'),
    due: '',
    href: `/cases/${caseId}/contact`,
    button: t('cases.record_button'),
  }
  const isTaken = takenUntil !== null && takenUntil > now

  async function take(yes: boolean) {
    const others = ownCases(rows).filter((own) => own.case.id !== caseId && (own.takenUntil ?? '') > now).length
    const wrong = await record(takeAlong, { caseId, take: yes }, { closedAt: row.closedAt, isMine, others }, timeZone)
    setRefused(wrong === null ? null : (wrong[''] ?? null))
  }

  return (
    <ReadsContext value={reads}>
      <CaseHome
        speech={speech}
        caseId={caseId}
        alias={row.alias}
        mark={initials(row.alias)}
        callName={callNameOf({ case: row, card: isMine ? card : null })}
        about={aboutOf(opened)}
        above={ofFeatures(({ above }) => above)}
        first={ofFeatures(({ first }) => first)}
        seldom={ofFeatures((feature) => (isSeldom(feature) ? feature.strip : null))}
        // A threatened child's file shows the alias alone; who the child is stands behind one more tap.
        fullName={row.threatened ? null : (identity?.fullName ?? null)}
        isClosed={row.state === 'closed'}
        isThreatened={row.threatened}
        next={row.state === 'closed' || !isMine ? null : (steps[0] ?? recordStep)}
        steps={steps.slice(1)}
        others={own.filter((task) => task.waits === true).map(stepOf)}
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
        hits={isMine ? [] : opened.hits.map((hit) => hit.id)}
        canEdit={isMine && row.state === 'open'}
        canAssign={person.role === 'supervisor' && row.state === 'open'}
        takeAlong={
          isMine && row.state === 'open' && desk.replica.lasting
            ? {
                text: isTaken
                  ? t('cases.taken_until', { day: dayText(speech, takenUntil as Instant, timeZone, now) })
                  : t('cases.take_hint', { limit: TAKEN_ALONG_AT_MOST }),
                button: t(isTaken ? 'cases.put_back' : 'cases.take'),
                press: () => void take(!isTaken),
              }
            : null
        }
        problem={
          refused ??
          (problem === null ? null : problem === 'no_connection' ? t('cases.from_device') : errorText(speech, problem))
        }
      >
        {ofFeatures((feature) => (isSeldom(feature) ? null : feature.strip))}
      </CaseHome>
    </ReadsContext>
  )

  function aboutOf({ case: child }: OpenedCase): string {
    if (identity?.approxAge === undefined || identity.approxAge === null) return aboutText({ speech, pack }, child)
    const spoken = identity.language ?? null
    return [
      t(`cases.sex.${child.sex}`),
      t('cases.about_age', { age: ageNow(identity.approxAge, identity.birthYear ?? null, now) }),
      regionText(pack, speech, child.region),
      ...(spoken === null ? [] : [codeText(pack, 'languages', speech, spoken)]),
    ].join(' · ')
  }
}

/** An age that was told grows with the years since. */
function ageNow(approxAge: number, birthYear: number | null, now: Instant): number {
  return birthYear === null ? approxAge : Math.max(approxAge, Number(now.slice(0, 4)) - birthYear)
}

export function TimelinePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { app, speech, pack, now, desk } = useDesk()
  const [earlier, setEarlier] = useState<{ path: Entry[]; more: boolean } | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { opened, problem } = found
  const latest = opened.file?.timeline ?? []
  const all = [...latest, ...(earlier?.path ?? [])]
  const entries = pathEntries({ speech, pack, timeZone: opened.timeZone, now }, desk.replica.waiting(), caseId, all)
  const hasMore = earlier === null ? latest.length >= A_PAGE : earlier.more
  const last = all.at(-1)
  async function fetchEarlier(before: Instant) {
    // Our own server answers in its own schema.
    const page = (await app.api.get(`/api/cases/${caseId}/path?before=${before}`, reasonHeaders(caseId))) as {
      path: Entry[]
      more: boolean
    }
    setEarlier({ path: [...(earlier?.path ?? []), ...page.path], more: page.more })
  }
  return (
    <Timeline
      speech={speech}
      alias={opened.case.alias}
      entries={entries}
      note={problem === null ? null : speech.t('cases.from_device')}
      more={hasMore && last !== undefined ? () => void fetchEarlier(last.claimedAt) : null}
    />
  )
}

/** As many entries as the server gives at once. */
const A_PAGE = 200

type Who = {
  people: { name: string; role: string; organisation: string; basis: string; until: string | null; parts: string[] }[]
}

export function WhoMaySeePage() {
  const caseId = useCaseId()
  const { app, speech, rows, pack, now } = useDesk()
  const asked = useAnswer(`who|${caseId}`, async () => (await app.api.get(`/api/cases/${caseId}/who`)) as Who)
  const readers = asked.state === 'answered' ? asked.value.people.map(readerOf) : null
  function readerOf({ name, role, organisation, basis, until, parts }: Who['people'][number]): Reader {
    return {
      key: `${name}|${role}|${basis}`,
      name,
      role: speech.find(`role.${role}`) ?? role,
      organisation,
      basis: speech.find(`basis.${basis}`) ?? basis,
      parts: Part.options
        .filter((part) => part !== 'case' && parts.includes(part))
        .map((part) => speech.find(`part.${part}`) ?? part)
        .join(', '),
      // The server writes moments in its own canonical form.
      until:
        until === null
          ? null
          : speech.t('cases.who_until', { day: dayText(speech, until as Instant, pack.timeZone, now) }),
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
