import { asClock } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'
import { callAndRemind } from './store.ts'

/** Calls the stand-ins after a day of silence, and reminds whoever can sign, each exactly once. */
export const reminders: Job = {
  name: 'signature reminders',
  everySeconds: 60,
  run: (machine) => asClock(machine.db, callAndRemind),
}
