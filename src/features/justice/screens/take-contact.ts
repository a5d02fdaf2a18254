import { decideContext, recordTried } from '../../../web/app-context.ts'
import { attempt } from '../../../web/attempt.ts'
import type { TakeJotting } from '../../../web/feature.ts'
import type { JusticeContact } from '../contact.ts'
import { recordContact } from '../ops.ts'
import { ownFile } from './justice-file.ts'

/** What somebody said on the telephone while the phone was locked: the clocks run from the moment they named, not from now. */
export const takeContact: TakeJotting = async ({ id, at, contact: said }, _file, onto) => {
  const { app, desk, speech, pack, caseId, closedAt, timeZone } = onto
  if (said === null) return speech.t('field.does_not_fit')
  const { what, authority, when, where, calledBy } = said
  const contact: JusticeContact = {
    id,
    caseId,
    kind: what,
    capacities: ['victim'],
    authority,
    startedAt: when,
    firstCustodyAt: what === 'first_custody' ? when : null,
    knownAt: at,
    detainedAt: what === 'detention' ? when : null,
    releasedAt: what === 'release' ? when : null,
    corrects: null,
    heldAt: where,
    toldBy: calledBy,
    present: null,
    reason: null,
    alternativesTried: null,
    legalBasis: null,
    courtRef: null,
    whyAgain: null,
    interview: null,
    victimRemovedWords: null,
    answers: {},
  }
  const known = { ...ownFile(desk.replica.view(), caseId, pack.safeguards), closedAt, rules: pack.safeguards }
  return recordTried(app, speech, attempt(recordContact, contact, known, decideContext(app, desk, timeZone)))
}
