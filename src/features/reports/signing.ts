import type { Role } from '../../core/access.ts'

/** Two people sign a release: one for the figures, one for the children behind them (security.md 7.2, rule 9). */
export type SignsAs = 'statistician' | 'dpo'

/** What the database answers to a signature; `signed`, or why not. */
export type SigningAnswer =
  | 'signed'
  /** Only the national officer and the data protection officer sign. */
  | 'not_allowed'
  /** There is no such release prepared. */
  | 'not_prepared'
  /** The table that was shown is not the one that is kept. */
  | 'other_table'
  /** A newer release has been prepared meanwhile. */
  | 'superseded'
  | 'already_signed'
  /** One human being cannot sign twice, whatever roles she has had. */
  | 'same_person'

/** As what a role signs, or null. `kembali.release_sign` says the same. */
export function signsAs(role: Role): SignsAs | null {
  if (role === 'national_officer') return 'statistician'
  return role === 'dpo' ? 'dpo' : null
}

/** Whether both have signed, so that others may read it. */
export function isReleased(signatures: readonly { as: SignsAs }[]): boolean {
  return (['statistician', 'dpo'] as const).every((as) => signatures.some((one) => one.as === as))
}
