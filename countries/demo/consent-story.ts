import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  supervisor: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** What the demo's fictional children and their carers agreed to, refused and took back. */
export function tellAgreements({ by, supervisor, ago, id, put }: Around, heron: string, rice: string): void {
  const step = (hours: number, type: string, payload: Record<string, unknown>) =>
    put({ by: by.id, at: ago(hours), type, payload })

  function ask(hours: number, caseId: string, capacity: string, of: Record<string, unknown>): string {
    const answer = {
      id: id(),
      caseId,
      purpose: 'referral_specific',
      recipient: null,
      language: 'id',
      capacity,
      child: 'agrees',
      adult: 'agrees',
      adultIs: 'parent_or_carer',
      withheld: null,
      askedAt: ago(hours),
      endsOn: null,
      organisation: null,
      explainedBy: 'Sari Wening',
      childSaid: null,
      ...of,
    }
    step(hours, 'referrals.record_consent', { ...answer, text: `${answer.purpose}_1` })
    return answer.id
  }

  ask(16, heron, '12_14', { purpose: 'case_management' })
  const lawyer = ask(15, heron, '12_14', {
    recipient: 'defence_lawyer',
    purpose: 'legal_representation',
    organisation: 'Legal aid post',
    childSaid: 'Yes, if she is on my side.',
  })
  ask(15, heron, '12_14', {
    recipient: 'police_children_desk',
    child: 'refuses',
    adult: 'not_asked',
    adultIs: null,
    withheld: 'fear_of_harm',
    childSaid: 'Not them.',
  })

  step(14, 'referrals.send', {
    id: id(),
    caseId: heron,
    consentId: lawyer,
    basisId: null,
    need: 'legal_assistance',
    recipient: 'defence_lawyer',
    sentAt: ago(14),
    answerBy: ago(-24).slice(0, 10),
    organisation: 'Legal aid post',
    toWhom: 'The lawyer on duty',
    replyTo: 'Sari Wening, 0811 000 417',
    message: 'He is held since this morning and has not seen a lawyer. Please come today.',
    lines: [{ field: 'call_name', text: 'Adi', why: 'So that you ask for the right child' }],
  })

  ask(165, rice, '15_17', { purpose: 'case_management' })
  ask(164, rice, '15_17', { purpose: 'anonymous_reporting', child: 'refuses' })
  const school = ask(155, rice, '15_17', {
    recipient: 'school_focal',
    organisation: 'The school by the river',
    childSaid: 'Tell them I want my chair back.',
  })
  const counsellor = ask(153, rice, '15_17', { recipient: 'psychosocial_provider', organisation: 'Health post' })
  const referralId = id()
  step(150, 'referrals.send', {
    id: referralId,
    caseId: rice,
    consentId: school,
    basisId: null,
    need: 'education',
    recipient: 'school_focal',
    sentAt: ago(150),
    answerBy: ago(-24 * 3).slice(0, 10),
    organisation: 'The school by the river',
    toWhom: 'The head teacher',
    replyTo: 'Sari Wening, 0811 000 417',
    message: 'He was in your last class and would like to finish it. May he come and see you with his grandmother?',
    lines: [
      { field: 'call_name', text: 'Bayu', why: 'So that you know whom to expect' },
      { field: 'age', text: '16', why: 'For the class he would sit in' },
    ],
  })
  step(40, 'referrals.record_answer', {
    id: id(),
    caseId: rice,
    referralId,
    answer: 'asked',
    answeredAt: ago(40),
    said: 'Which subjects has he had?',
  })
  step(60, 'referrals.withdraw_consent', {
    id: id(),
    caseId: rice,
    consentId: counsellor,
    by: 'child',
    withdrawnAt: ago(60),
    said: 'I would rather go myself.',
  })

  // One copy waits for a signature; one has it and can be fetched.
  const copy = (hours: number, caseId: string, of: Record<string, unknown>) => {
    const asked = { id: id(), caseId, endsAt: ago(hours - 24 * 6), ...of }
    step(hours, 'copies.ask_named_copy', asked)
    return asked.id
  }
  copy(13, heron, {
    recipient: 'defence_lawyer',
    parts: ['identity', 'services'],
    toWhom: 'The lawyer on duty, legal aid post',
    why: 'She needs his age and who cares for him before the hearing.',
  })
  const signed = copy(36, rice, {
    recipient: 'school_focal',
    parts: ['identity'],
    toWhom: 'The head teacher',
    why: 'He is put on the list of the last class.',
  })
  put({
    by: supervisor.id,
    at: ago(34),
    type: 'signatures.answer',
    payload: { id: id(), caseId: rice, signatureId: signed, act: 'give_named_copy', decision: 'signed', reason: null },
  })
}
