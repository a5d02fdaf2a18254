import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { stirredIn } from '../../server/stirred.ts'
import { findLinks } from './letter-store.ts'
import { findAnswers, findBases, findReferrals } from './referral-store.ts'
import { findTeams } from './care-team-store.ts'
import { findConsents, findWithdrawals } from './store.ts'

/** Facts of this feature as a card holds them, so that a worker sees on the road what was agreed and who was asked. */
export const packs: PackReader[] = [
  factReader('consent_record', 'services', findConsents),
  // A no that is recorded ends the yes before it by a row of its own.
  {
    ...saysDue(factReader('consent_withdrawal', 'services', findWithdrawals), 'consentId'),
    follows: ['consent_record'],
  },
  // To whom and by when; what a letter says of the child stays on the server.
  saysDue(factReader('referral', 'services', findReferrals), 'id', 'consentId', 'answerBy'),
  // Who beside the worker may read, each by name, and on what ground.
  factReader('care_team', 'services', findTeams),
  saysDue(factReader('referral_answer', 'services', findAnswers), 'referralId', 'answer', 'answeredAt'),
  { ...factReader('lawful_basis', 'services', findBases), follows: ['second_signature_answer'] },
  {
    ...saysDue(
      factReader('letter_link', 'services', findLinks),
      'referralId',
      'answer',
      'answeredAt',
      'madeAt',
      'handedOnAt',
    ),
    stirred: stirredIn('letter_link'),
  },
]
