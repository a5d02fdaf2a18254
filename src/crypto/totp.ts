import { Secret, TOTP } from 'otpauth'

const PERIOD = 30

/** A new 160-bit secret as base32, for an authenticator app; kept wrapped, never in the clear. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What the QR code of an enrolment says. */
export function totpUri(secret: string, issuer: string, account: string): string {
  return totp(secret, issuer, account).toString()
}

/**
 * Checks a code at the server's `now` (milliseconds), one step of 30 s early or late (RFC 6238, section 5.2).
 * Answers the step the code belongs to, which the caller stores as `lastStep` in the same transaction: no code counts twice.
 */
export function checkTotp(secret: string, code: string, now: number, lastStep: number | null): number | null {
  const token = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totp(secret).validate({ token, timestamp: now, window: 1 })
  if (delta === null) return null
  const step = Math.floor(now / 1000 / PERIOD) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

/** SHA-1, six digits, 30 s: what every authenticator app understands; the code is the second factor, never the only one. */
function totp(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD })
}
