import { useState } from 'react'
import { dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { makeReturnCode } from '../../../crypto/return-code.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import type { Speech } from '../../../web/language.ts'
import { dayText } from '../../../web/moments.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { giveReturnCode } from '../hold-ops.ts'
import { clocksOf } from '../retention.ts'
import { Leaving } from './Leaving.tsx'
import { useClosure } from './use-closure.ts'

type Who = { people: { organisation: string }[] }

export function LeavingPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { closings, clocks } = useClosure(caseId)
  const { app, speech, pack, now, person, start } = useDesk()
  const features = useFeatures()
  const record = useRecord()
  const [code, setCode] = useState<string | null>(null)
  const [isMaking, setMaking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = useAnswer(`who|${caseId}`, async () => (await app.api.get(`/api/cases/${caseId}/who`)) as Who) // our own server's schema
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone, isMine, identity } = found.opened
  const last = closings.at(-1)
  const holders =
    asked.state === 'answered'
      ? [...new Set(asked.value.people.map((one) => one.organisation))].filter(
          (one) => one !== person.organisation.name,
        )
      : []

  async function make() {
    if (isMaking) return
    setMaking(true)
    const { words, salt, digest } = await makeReturnCode()
    const wrong = await record(giveReturnCode, { id: newId(), caseId, salt, digest }, {}, timeZone)
    setMaking(false)
    setProblem(wrong?.[''] ?? null)
    if (wrong === null) setCode(words)
  }

  /** As they run, or as they would from today on. */
  function erased(theirs: Speech): string[] {
    const would = {
      closedAt: now,
      reason: last?.reason ?? '',
      asksToKeep: last?.asksToKeep ?? false,
      birthYear: identity?.birthYear ?? null,
    }
    const running = clocks.filter((clock) => clock.erasedAt === null)
    return (running.length > 0 ? running : clocksOf(would, pack.retention, timeZone)).map((clock) =>
      theirs.t('closure.erased_on', {
        what: theirs.find(`closure.class.${clock.class}`) ?? clock.class,
        day: dayText(theirs, startOfDay(clock.endsOn, timeZone), timeZone, now),
      }),
    )
  }

  function later(theirs: Speech): string | null {
    if (last?.contact !== 'agreed' || last.contactOn === null || last.contactWay === null) return null
    // A day that has passed is no promise any more.
    if (last.contactOn < dayOf(now, timeZone)) return null
    return theirs.t('closure.my_later_when', {
      way: theirs.t(`closure.way.${last.contactWay}`),
      day: dayText(theirs, startOfDay(last.contactOn, timeZone), timeZone, now),
    })
  }

  return (
    <Leaving
      speech={speech}
      alias={row.alias}
      isOpen={row.state === 'open'}
      languages={start.languages}
      office={person.organisation.name}
      holders={holders}
      erased={erased}
      later={later}
      code={code}
      makeCode={isMine && person.role === 'case_worker' ? () => void make() : null}
      isMaking={isMaking}
      problem={problem}
      own={(theirs) =>
        features.map(({ name, own: Own }) => Own !== undefined && <Own key={name} caseId={caseId} speech={theirs} />)
      }
    />
  )
}
