import { timeZoneOf } from '../../../core/read-country.ts'
import { addDuration, type Instant, toMillis } from '../../../core/time.ts'
import type { Look, Task } from '../../../web/feature.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { type Duty, dutiesOf, toFindOut } from '../duties.ts'
import { ownFile } from './justice-file.ts'
import { dutyTitle, limitText } from './texts.ts'

/** A limit further away than this is on the safeguards page, not on anybody's day. */
const SOON_MS = 2 * 86_400_000

/** How many missing answers a task names; the page behind it names them all. */
const NAMED = 3

/**
 * What somebody has to find out of the authorities: each limit that comes near or has passed, and one task a case for
 * all that is owed at once and not known yet, because one call asks for all of it.
 */
export function tasks({ rows, pack, now, speech }: Look): Task[] {
  const { t } = speech
  return ownCases(rows)
    .filter((own) => own.case.state === 'open')
    .flatMap((own) => {
      const { contacts, answers } = ownFile(rows, own.case.id, pack.safeguards)
      const duties = dutiesOf(contacts, answers, pack.safeguards, timeZoneOf(pack, own.case.region), now)
      const open = duties.filter((duty) => duty.isOpen)
      const limits = open.filter((duty) => isNear(duty, now)).map((duty) => limitTask(own.case.id, duty))
      const ask = toFindOut(duties)
      return ask.length === 0 ? limits : [...limits, askTask(own.case.id, ask)]
    })

  function limitTask(caseId: string, { id, contactId, authority, clock, standing }: Duty): Task {
    return {
      key: `${caseId}/${contactId}/${id}/${clock?.startsAt ?? ''}`,
      caseId,
      title: t('justice.task.limit', { title: dutyTitle(pack, speech, id) }),
      why: t(standing === 'passed' ? 'justice.task.passed_why' : 'justice.task.limit_why', {
        authority: codeText(pack, 'custody_actor', speech, authority),
        limit: limitText(pack, speech, id),
      }),
      dueAt: clock?.dueAt ?? now,
      limit: true,
      href: `/cases/${caseId}/safeguards/${contactId}/${id}`,
    }
  }

  function askTask(caseId: string, duties: readonly Duty[]): Task {
    const known = duties.map((duty) => duty.knownAt).sort()[0] ?? now
    return {
      key: `${caseId}/ask`,
      caseId,
      title: t('justice.task.ask', { count: duties.length }),
      why: duties
        .slice(0, NAMED)
        .map((duty) => dutyTitle(pack, speech, duty.id))
        .concat(duties.length > NAMED ? ['…'] : [])
        .join(' · '),
      // A worker's own day to ask; it gives the authority no day more (decision 0004).
      dueAt: addDuration(known, 'PT24H', 'UTC'),
      href: `/cases/${caseId}/ask`,
    }
  }
}

function isNear({ standing, clock }: Duty, now: Instant): boolean {
  if (clock === null) return false
  if (standing === 'passed' || standing === 'due_soon') return true
  return standing === 'running' && toMillis(clock.dueAt) - toMillis(now) <= SOON_MS
}
