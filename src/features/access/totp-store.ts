import type { KeyProvider } from '../../crypto/provider.ts'
import { makeTotpSecret } from '../../crypto/totp.ts'
import { EPOCH } from '../../server/keys.ts'

/** A code's secret is kept only under the epoch key, bound to whom it is for: a stolen dump makes no codes. */
export async function wrapTotp(
  keys: KeyProvider,
  personId: string,
  secret: string,
): Promise<{ epoch: string; wrapped: Uint8Array }> {
  const wrapped = await keys.wrap(EPOCH, new TextEncoder().encode(secret), boundTo(personId))
  return { epoch: EPOCH.epoch, wrapped }
}

/** The secret of an account; for a name nobody has, a fresh one that fits no code. */
export async function unwrapTotp(
  keys: KeyProvider,
  account: { personId: string; epoch: string; wrapped: Uint8Array } | null,
): Promise<string> {
  if (account === null) return makeTotpSecret()
  const bytes = await keys.unwrap({ ...EPOCH, epoch: account.epoch }, account.wrapped, boundTo(account.personId))
  return new TextDecoder().decode(bytes)
}

function boundTo(personId: string): Uint8Array {
  return new TextEncoder().encode(`kembali/totp/1|${personId}`)
}
