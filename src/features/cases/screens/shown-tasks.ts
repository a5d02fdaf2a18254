import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { dueWork } from '../../../web/due-work.ts'
import { useFeatures } from '../../../web/features-context.ts'
import type { Rows } from '../../../web/replica.ts'
import { callNameOf, ownCase } from './case-file.ts'
import { regionText } from './codes.ts'
import type { ShownTask } from './group-tasks.ts'

/** Who registers a child; the gate says the same. */
export const REGISTERS: readonly string[] = ['case_worker', 'intake']

/** The due work of every feature in the cases this device holds, with the words of its case. */
export function useTasks(): ShownTask[] {
  const { rows } = useDesk()
  return useTaskRules()(rows)
}

/** The rules of due work, for rows of this device or for what the server says of the cases of a list. */
export function useTaskRules(): (rows: Rows) => ShownTask[] {
  const { pack, speech, now } = useDesk()
  const features = useFeatures()
  return (rows) =>
    dueWork(features, { rows, pack, now, speech }).flatMap((task) => {
      const own = ownCase(rows, task.caseId)
      if (own === null) return []
      const callName = callNameOf(own)
      const who = callName === null ? own.case.alias : `${own.case.alias} · ${callName}`
      const place = regionText(pack, speech, own.case.region)
      return [{ ...task, who, place, timeZone: zoneOf(pack, own.case.region) }]
    })
}
