import type { ConsentPack } from '../../core/consent-pack.ts'
import { basisEndsOn } from '../../core/second-signature.ts'
import { type Day, endOfDay, type Instant } from '../../core/time.ts'
import type { Capacity, ConsentRecord, Standing } from './consent.ts'

type Asked = Pick<ConsentRecord, 'capacity' | 'child' | 'adult'>

/**
 * What the two answers come to for a child of this age. A no of either is a no; a yes of the one never stands for the other
 * but where the country says so for an adult whom it is not safe to ask.
 */
export function standingOf(bands: ConsentPack['bands'], { capacity, child, adult }: Asked): Standing {
  if (child === 'refuses' || adult === 'refuses') return 'refused'
  return lacksOf(bands, { capacity, child, adult }).length === 0 ? 'given' : 'not_complete'
}

/** Whose answer a yes still lacks; nothing where somebody said no. */
export function lacksOf(
  bands: ConsentPack['bands'],
  { capacity, child, adult }: Asked,
): ('child' | 'told' | 'adult')[] {
  if (child === 'refuses' || adult === 'refuses') return []
  const { childMust, adultMust } = neededOf(bands, capacity)
  const childDid = child === 'agrees' || (childMust === 'be_told' && child === 'told')
  const adultDid =
    adult === 'agrees' || adultMust === 'nothing' || (adultMust === 'agree_if_safe' && adult === 'not_safe_to_ask')
  return [
    ...(childDid ? [] : [childMust === 'be_told' ? ('told' as const) : ('child' as const)]),
    ...(adultDid ? [] : ['adult' as const]),
  ]
}

export type Needed = { childMust: 'be_told' | 'agree'; adultMust: 'agree' | 'agree_if_safe' | 'nothing' }

/** Who must be asked for a child of this age; one whose age is not known is asked like a child, and so is its adult. */
export function neededOf(bands: ConsentPack['bands'], capacity: Capacity): Needed {
  if (capacity === '18_plus') return { childMust: 'agree', adultMust: 'nothing' }
  const band = bands.find((one) => one.ageBand === capacity)
  return {
    childMust: band?.child === 'inform' ? 'be_told' : 'agree',
    adultMust: band?.adult === 'consent_unless_unsafe' ? 'agree_if_safe' : 'agree',
  }
}

export type Known = Pick<ConsentRecord, 'id' | 'purpose' | 'recipient' | 'endsOn'> & { standing: Standing }
export type Ended = { consentId: string }

/** How an answer stands now: a yes may have been taken back, or have reached its day. */
export type StandsNow = Standing | 'withdrawn' | 'over'

export function standsNow(
  consent: Pick<Known, 'id' | 'standing' | 'endsOn'>,
  withdrawals: readonly Ended[],
  now: Instant,
  timeZone: string,
): StandsNow {
  if (consent.standing !== 'given') return consent.standing
  if (withdrawals.some((one) => one.consentId === consent.id)) return 'withdrawn'
  return isPast(consent.endsOn, now, timeZone) ? 'over' : 'given'
}

/** A day counts to its end. */
export function isPast(day: Day | null, now: Instant, timeZone: string): boolean {
  return day !== null && endOfDay(day, timeZone) <= now
}

/** A reason for telling without consent, as far as the rules look at it. */
export type Basis = { decidedAt: Instant; isSigned: boolean }

/** What keeps such a reason from opening anything; null where it opens. */
export function basisProblem(
  basis: Basis,
  now: Instant,
  timeZone: string,
): { reason: 'signature_first' } | { reason: 'basis_over' } | null {
  if (isPast(basisEndsOn(basis.decidedAt, timeZone), now, timeZone)) return { reason: 'basis_over' }
  return basis.isSigned ? null : { reason: 'signature_first' }
}

/** The answers that are open now. */
export function openOf<Row extends Known>(
  consents: readonly Row[],
  withdrawals: readonly Ended[],
  now: Instant,
  timeZone: string,
): Row[] {
  return consents.filter((one) => standsNow(one, withdrawals, now, timeZone) === 'given')
}
