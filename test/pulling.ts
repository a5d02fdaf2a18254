import { newId } from '../src/crypto/random.ts'
import type { Machine } from '../src/server/machine.ts'
import { pull, type PullAnswer } from '../src/server/pull.ts'
import { anOffice, anOp, aPerson, send, type Somebody } from './people.ts'

/** Things of one case in an answer. */
export const of = (answer: PullAnswer, caseId: string) =>
  answer.put.filter((row) => row.caseId === caseId).map((row) => row.thing)

/** A device that fetches from one machine, and who works there. */
export function pulling(machine: Machine) {
  return {
    anOfficeOfTwo: async () => {
      const office = await anOffice(machine)
      return {
        office,
        worker: await aPerson(machine, office, 'case_worker'),
        colleague: await aPerson(machine, office, 'case_worker'),
        supervisor: await aPerson(machine, office, 'supervisor'),
      }
    },
    fetch: (by: Somebody, cursor: string | null) =>
      pull(machine, by.sid, { device: by.device as never, cursor }, newId()),
    edit: (by: Somebody, type: string, caseId: string, set: Record<string, unknown>, baseVersion = 0) =>
      send(machine, by, anOp(by, type, { id: caseId, caseId, set }, { baseVersion })),
  }
}

export type Team = Awaited<ReturnType<ReturnType<typeof pulling>['anOfficeOfTwo']>>
