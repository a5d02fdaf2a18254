import { asClock } from '../../server/as-person.ts'
import type { Job } from '../../server/feature.ts'
import { dutiesToRemind, remind } from './store.ts'

/** Reminds the worker and her supervisor of limits that come near and limits that have passed, each exactly once. */
export const reminders: Job = {
  name: 'safeguard reminders',
  everySeconds: 60,
  run: (machine) =>
    asClock(machine.db, async (tx) => {
      let written = 0
      for (const duty of await dutiesToRemind(tx)) written += await remind(tx, duty)
      return written
    }),
}
