import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** What the demo's fictional children and their carers agreed to, refused and took back. */
export function tellAgreements({ by, ago, id, put }: Around, heron: string, rice: string): void {
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
  ask(15, heron, '12_14', {
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

  ask(165, rice, '15_17', { purpose: 'case_management' })
  ask(164, rice, '15_17', { purpose: 'anonymous_reporting', child: 'refuses' })
  ask(155, rice, '15_17', {
    recipient: 'school_focal',
    organisation: 'The school by the river',
    childSaid: 'Tell them I want my chair back.',
  })
  const counsellor = ask(153, rice, '15_17', { recipient: 'psychosocial_provider', organisation: 'Health post' })
  step(60, 'referrals.withdraw_consent', {
    id: id(),
    caseId: rice,
    consentId: counsellor,
    by: 'child',
    withdrawnAt: ago(60),
    said: 'I would rather go myself.',
  })
}
