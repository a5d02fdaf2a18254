import type { ChildCase } from '../../cases/case.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import type { CaseRow } from '../case-rows.ts'

export type StepRows = { rows: readonly CaseRow[]; of: ChildCase | null; problem: string | null; isAsking: boolean }

/** The rows a case's steps are worked out from: from this device where it holds the case, else from the server. */
export function useStepRows(caseId: string): StepRows {
  const { rows: all, problem, isAsking } = useRows(caseId, 'assessment')
  const rows = [...all.values()].filter((row) => row.caseId === caseId)
  // The row of the case is written by `cases` from its own schema.
  const of = (rows.find((row) => row.thing === 'case')?.fields ?? null) as ChildCase | null
  return { rows, of, problem, isAsking }
}
