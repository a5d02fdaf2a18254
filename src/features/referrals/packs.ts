import type { Tx } from '../../server/as-person.ts'
import type { PackReader } from '../../server/feature.ts'
import { casesWithMovedLinks, findLinks } from './letter-store.ts'
import { findAnswers, findBases, findReferrals } from './referral-store.ts'
import { findConsents, findWithdrawals, type Open } from './store.ts'

type Find = (tx: Tx, caseIds: readonly string[], open: Open) => Promise<{ id: string; caseId: string }[]>

/** Facts of this feature as a card holds them, so that a worker sees on the road what was agreed and who was asked. */
function facts(thing: string, find: Find, follows: readonly string[] = []): PackReader {
  return {
    thing,
    part: 'services',
    follows,
    async read(tx, caseIds, open) {
      const rows = await find(tx, caseIds, open)
      return rows.map((row) => ({
        thing,
        id: row.id,
        caseId: row.caseId,
        version: null,
        whole: true,
        fields: { ...row },
      }))
    },
  }
}

export const packs: PackReader[] = [
  facts('consent_record', findConsents),
  // A no that is recorded ends the yes before it by a row of its own.
  facts('consent_withdrawal', findWithdrawals, ['consent_record']),
  // To whom and by when; what a letter says of the child stays on the server.
  facts('referral', findReferrals),
  facts('referral_answer', findAnswers),
  facts('lawful_basis', findBases, ['second_signature_answer']),
  { ...facts('letter_link', (tx, caseIds) => findLinks(tx, caseIds)), stirred: casesWithMovedLinks },
]
