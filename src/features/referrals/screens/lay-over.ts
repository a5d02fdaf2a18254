import { keyOf, type LayOver } from '../../../web/replica.ts'

/** Which operation puts which kind of row. */
const PUTS: Record<string, string> = {
  'referrals.record_consent': 'consent_record',
  'referrals.withdraw_consent': 'consent_withdrawal',
  'referrals.send': 'referral',
  'referrals.record_answer': 'referral_answer',
  'referrals.record_basis': 'lawful_basis',
  'referrals.give_link': 'letter_link',
  'referrals.name_care_team': 'care_team',
}

/** How agreements look on this device before the server has sent back what was recorded here. */
export const layOver: LayOver = ({ type, payload }, rows) => {
  const thing = PUTS[type]
  // A case that is not on this device comes back from the server when it is opened.
  if (thing === undefined || !rows.has(keyOf({ thing: 'case', id: String(payload.caseId) }))) return []
  // A link's secret and number are shown once, on the page that made them, and stand in no row.
  const { secret: _secret, number: _number, ...fields } = payload
  return [{ thing, id: String(payload.id), caseId: String(payload.caseId), version: null, fields }]
}
