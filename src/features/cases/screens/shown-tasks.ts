import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { callNameOf, ownCase } from './case-file.ts'
import { regionText } from './codes.ts'
import type { ShownTask } from './group-tasks.ts'

/** Who registers a child; the gate says the same. */
export const REGISTERS: readonly string[] = ['case_worker', 'intake']

/** The due work of every feature in the cases this device holds, with the words of its case. */
export function useTasks(): ShownTask[] {
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
