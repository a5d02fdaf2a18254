import type { PublicPack } from '../../../core/country.ts'
import { basisEndsOn } from '../../../core/second-signature.ts'
import { dayOf, type Instant } from '../../../core/time.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Speech } from '../../../web/language.ts'
import type { Rows } from '../../../web/replica.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { type CaseConference, type ConferenceMinutes, minutesOf, standing } from '../conference.ts'

export type Names = { [personId: string]: string }
export type KeptCall = CaseConference & { names: Names; calledByName?: string | null }
export type KeptMinutes = ConferenceMinutes & { names: Names; writtenByName?: string | null }
export type ConferenceState = 'called' | 'to_write' | 'held' | 'called_off'
export type Conference = { call: KeptCall; minutes: KeptMinutes | null; state: ConferenceState }

export function callsIn(rows: Rows, caseId: string): KeptCall[] {
  // Rows of these kinds are written by `packs.ts` and `lay-over.ts` only, both from the feature's own schema.
  return rowsOf(rows, 'case_conference', caseId).map((row) => row.fields as KeptCall)
}

export function minutesIn(rows: Rows, caseId: string): KeptMinutes[] {
  return rowsOf(rows, 'conference_minutes', caseId).map((row) => row.fields as KeptMinutes)
}

/** The conferences about a child as they stand: what is called stands first, then what was written down, the newest first. */
export function conferencesOf(rows: Rows, caseId: string, now: Instant): Conference[] {
  const all = minutesIn(rows, caseId)
  return standing(callsIn(rows, caseId))
    .map((call): Conference => {
      const minutes = minutesOf(all, call.id)
      const state = minutes?.kind ?? (call.at <= now ? 'to_write' : 'called')
      return { call, minutes, state }
    })
    .sort((a, b) => Number(a.minutes !== null) - Number(b.minutes !== null) || (a.call.at < b.call.at ? 1 : -1))
}

/** The fields of the consent ledger and its bases that say who may be told something; written by the feature that keeps them. */
type Yes = {
  id: string
  recipient: string | null
  endsOn: string | null
  standing?: string
  child: string
  adult: string
}
type Basis = { recipient: string; decidedAt: Instant; decision?: string | null }

/**
 * Kinds of body that may be told something of this child, as far as this device knows. An answer that has not been sent yet
 * counts unless it is a no: the server looks again.
 */
export function mayHearHere(rows: Rows, caseId: string, now: Instant, timeZone: string): string[] {
  const of = <Fields>(thing: string) => rowsOf(rows, thing, caseId).map((row) => row.fields as Fields)
  const taken = new Set(of<{ consentId: string }>('consent_withdrawal').map(({ consentId }) => consentId))
  const today = dayOf(now, timeZone)
  const open = of<Yes>('consent_record').filter(
    (one) =>
      (one.standing ?? (one.child === 'refuses' || one.adult === 'refuses' ? 'refused' : 'given')) === 'given' &&
      !taken.has(one.id) &&
      (one.endsOn === null || one.endsOn >= today),
  )
  const signed = of<Basis>('lawful_basis').filter(
    ({ decision, decidedAt }) => decision === 'signed' && basisEndsOn(decidedAt, timeZone) >= today,
  )
  return [...new Set([...open, ...signed].flatMap(({ recipient }) => recipient ?? []))].sort()
}

/** Who sits there, as a person reads it: a colleague's name, or what somebody from outside is there for. */
export function seatText(
  { speech, pack }: { speech: Speech; pack: PublicPack },
  { personId, as }: { personId: string | null; as: string | null },
  names: Names,
): string {
  if (as !== null) return codeText(pack, 'recipient_function', speech, as)
  return (personId === null ? undefined : names[personId]) ?? speech.t('conference.colleague')
}
