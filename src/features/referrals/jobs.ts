import { asClock } from '../../server/as-person.ts'
import { leaveOutWaiting } from '../../server/facts.ts'
import type { Job } from '../../server/feature.ts'

/** As many children as one run goes over; the others wait for the next. */
const AT_ONCE = 200

/** Children who said no to being counted before figures knew of it leave them: each once, after which nothing waits here. */
export const leavingOut: Job = {
  name: 'referrals.leave_out',
  everySeconds: 3600,
  run: (machine) => asClock(machine.db, (tx) => leaveOutWaiting(tx, machine.keys, AT_ONCE)),
}
