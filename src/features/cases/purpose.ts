import * as z from 'zod'

/** Why a file is opened, where whose it is does not explain it; the choices of the one question a screen asks. */
export const ASKED_PURPOSES = [
  'contact_again',
  'agreed_contact',
  'complaint',
  'correction',
  'court',
  'learning',
  'child_paper',
  'quality_sample',
] as const
export const AskedPurpose = z.enum(ASKED_PURPOSES)
export type AskedPurpose = z.infer<typeof AskedPurpose>

/** Whose a file is explains its opening, or a reason must be said: once it is closed, and where only an unusual relation leads to it. */
export function needsReason(file: { state: 'open' | 'closed' } | null, hasOtherBasis: boolean): boolean {
  return file === null ? hasOtherBasis : file.state === 'closed'
}
