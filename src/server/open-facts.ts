import type { OpenPart } from './feature.ts'

/** A fact as its table keeps it: its codes in the clear, its words sealed in `body` under its own id. */
export type SealedFact = { id: string; caseId: string; body: Uint8Array }

/**
 * Facts with their words, in the order of the rows; one whose part this person may not open is left out. `Fact` is what the thing's own
 * schema says, by which the insert beside the caller has sealed it.
 */
export async function openFacts<Fact>(rows: readonly SealedFact[], fieldId: number, open: OpenPart): Promise<Fact[]> {
  const read: Fact[] = []
  for (const { body, ...row } of rows) {
    const cipher = await open(row.caseId)
    if (cipher !== null) read.push({ ...row, ...(cipher.open(fieldId, row.id, body) as object) } as Fact) // said above
  }
  return read
}
