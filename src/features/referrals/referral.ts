import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import type { Part } from '../../core/part.ts'
import { thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'
import { ConsentId } from './consent.ts'

export const ReferralId = z.uuid().brand<'ReferralId'>()
export const BasisId = z.uuid().brand<'BasisId'>()

/** What a letter may say of a child, and the part of the file each belongs to. Nothing else can be put into one. */
export const LETTER_FIELDS = {
  call_name: 'identity',
  full_name: 'identity',
  age: 'identity',
  language: 'identity',
  carer: 'identity',
  reach_carer: 'identity',
  needs: 'services',
  wants: 'services',
  care_needed: 'services',
  calms: 'services',
  may_fetch: 'services',
  safety: 'services',
  relatives: 'family',
} as const satisfies Record<string, Part>
export const LetterField = z.enum(Object.keys(LETTER_FIELDS) as [LetterField, ...LetterField[]]) // the keys of our own record
export type LetterField = keyof typeof LETTER_FIELDS

/** One thing the receiver is told, in the words it is told in, and why it needs to know. */
export const LetterLine = z.strictObject({ field: LetterField, text: words(2000), why: words(300) })
export type LetterLine = z.infer<typeof LetterLine>

/**
 * One child asked for at one body, for one need: a letter, and nothing of the file behind it. It rests on a yes, or on a
 * lawful basis that a second person has signed; never on both and never on neither.
 */
export const Referral = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 64, table: 'referral' },
  {
    id: ReferralId,
    caseId: CaseId,
    consentId: ConsentId.nullable(),
    basisId: BasisId.nullable(),
    need: z.string().min(1).max(40).meta({ codeList: 'service_sector' }),
    recipient: z.string().min(1).max(40).meta({ codeList: 'recipient_function' }),
    sentAt: Instant,
    answerBy: Day,
    organisation: words(200),
    toWhom: words(200).nullable(),
    replyTo: words(200),
    message: words(2000).nullable(),
    lines: z.array(LetterLine).max(13).meta({ class: 'C2' }),
  },
)
export type Referral = {
  id: string
  caseId: string
  consentId: string | null
  basisId: string | null
  need: string
  recipient: string
  sentAt: Instant
  answerBy: Day
  organisation: string
  toWhom: string | null
  replyTo: string
  message: string | null
  lines: LetterLine[]
}

export const ReferralAnswerCode = z.enum(['accepted', 'asked', 'declined', 'unavailable'])
export type ReferralAnswerCode = z.infer<typeof ReferralAnswerCode>

/** What came back, as somebody told it. */
export const ReferralAnswer = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 65, table: 'referral_answer' },
  {
    id: z.uuid(),
    caseId: CaseId,
    referralId: ReferralId,
    answer: ReferralAnswerCode,
    answeredAt: Instant,
    said: words(2000).nullable(),
  },
)
export type ReferralAnswer = {
  id: string
  caseId: string
  referralId: string
  answer: ReferralAnswerCode
  answeredAt: Instant
  said: string | null
}

/** Why nobody could be asked. That somebody said no is not among them: a no is an answer. */
export const WhyNotAsked = z.enum(['not_safe_to_ask', 'nobody_to_ask', 'cannot_be_asked_now'])

/** The reason for telling somebody something when consent cannot be asked; nothing opens by it before a second person signs. */
export const LawfulBasis = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 66, table: 'lawful_basis' },
  {
    id: BasisId,
    caseId: CaseId,
    purpose: z.string().min(1).max(40).meta({ codeList: 'consent_purpose' }),
    recipient: z.string().min(1).max(40).meta({ codeList: 'recipient_function' }),
    basis: z.string().min(1).max(40).meta({ codeList: 'legal_basis' }),
    notAsked: WhyNotAsked,
    decidedAt: Instant,
    organisation: words(200).nullable(),
    bestInterests: words(2000),
  },
)
export type LawfulBasis = {
  id: string
  caseId: string
  purpose: string
  recipient: string
  basis: string
  notAsked: z.infer<typeof WhyNotAsked>
  decidedAt: Instant
  organisation: string | null
  bestInterests: string
}
