import * as z from 'zod'

/** Our fields that a column of a list can stand for. */
export const FIELDS = [
  'caseId',
  'registeredOn',
  'fullName',
  'callName',
  'sex',
  'age',
  'birthDate',
  'ageBasis',
  'language',
  'origin',
  'carer',
  'village',
  'howKnown',
  'region',
] as const
export type Field = (typeof FIELDS)[number]

/** The country's list each of these takes its codes from. */
export const CODED = { ageBasis: 'age_basis', language: 'languages', howKnown: 'case_source' } as const
export type CodedField = keyof typeof CODED

const Names = z.array(z.string().min(1)).min(1)
const Values = z.record(z.string(), z.string())

/** `countries/international/import.yaml`, or the file somebody names: columns and values of another system as ours. */
export const ImportMapping = z.strictObject({
  columns: z
    .partialRecord(z.enum(FIELDS), Names)
    .refine(({ caseId, registeredOn }) => caseId !== undefined && registeredOn !== undefined, {
      message: 'caseId and registeredOn are needed',
    }),
  /** Values that neither the pack's codes nor its labels know, field by field. */
  values: z.partialRecord(z.enum(['sex', 'region', 'ageBasis', 'language', 'howKnown']), Values),
})
export type ImportMapping = z.infer<typeof ImportMapping>

/** Where in a header each field stands; of several names the first that is there, whatever its capitals. */
export function columnsOf(header: readonly string[], { columns }: ImportMapping): Map<Field, number> {
  const names = header.map(fold)
  const found = new Map<Field, number>()
  for (const field of FIELDS) {
    const at = (columns[field] ?? []).map((name) => names.indexOf(fold(name))).find((one) => one >= 0)
    if (at !== undefined) found.set(field, at)
  }
  return found
}

/** Two writings of one word are one word. */
export function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}
