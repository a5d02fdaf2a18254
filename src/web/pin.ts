/** Why a PIN is not taken. It wraps nothing and lives in memory; it only must not be what anybody tries first. */
export type PinRefusal = 'not_digits' | 'too_short' | 'too_simple'

const LEAST = 4

export function pinRefusal(pin: string): PinRefusal | null {
  if (!/^\d*$/.test(pin)) return 'not_digits'
  if (pin.length < LEAST) return 'too_short'
  const steps = new Set(
    Array.from(pin)
      .slice(1)
      .map((digit, at) => Number(digit) - Number(pin[at])),
  )
  // 1111, 1234, 9876: one step throughout; and a year, which is somebody's birthday.
  return (steps.size === 1 && [-1, 0, 1].some((step) => steps.has(step))) || /^(19|20)\d\d$/.test(pin)
    ? 'too_simple'
    : null
}
