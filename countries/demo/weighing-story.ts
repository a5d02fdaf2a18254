import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

/** A whole assessment with nothing in it that any child could be known by; `over` says what this one was about. */
export function anAssessment(of: { id: string; caseId: string; at: Instant }, over: Record<string, unknown> = {}) {
  const { id, caseId, at } = of
  return {
    id,
    caseId,
    kind: 'bia_comprehensive',
    about: ['closure'],
    outcome: 'act',
    decidedAt: at,
    reviewOn: null,
    reviews: null,
    triggers: [],
    question: 'Does this child still need us?',
    options: [
      {
        what: 'End the case and stay in touch',
        speaksFor: 'The goals are reached and the child says so.',
        speaksAgainst: 'The school year has only begun.',
        isChosen: true,
      },
      {
        what: 'Go on for three months',
        speaksFor: 'Somebody stays close until the exam.',
        speaksAgainst: 'The child wants to be like everybody else.',
        isChosen: false,
      },
    ],
    childHeard: 'heard',
    childView: 'I have my friends. You can call my grandmother.',
    familyHeard: 'heard',
    familyView: 'She can call us when something happens.',
    safety: 'Nobody has asked for the child since the return.',
    familyUnity: null,
    identityAndCulture: null,
    health: null,
    development: 'In school every day.',
    vulnerabilities: null,
    publicSafety: null,
    childRights: null,
    reconciled: null,
    decision: 'The case ends; one call after three months.',
    reasons: 'What the child wanted is reached, and it knows how to come back.',
    panel: [],
    appealToldOn: null,
    ...over,
  }
}

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** What is weighed for the demo's fictional children: a determination that waits for its second person, and one done at once. */
export function tellWeighing({ by, ago, id, put }: Around, heron: string, rice: string): void {
  const day = (inDays: number) => ago(-24 * inDays).slice(0, 10)
  const seat = (as: string, over: Record<string, unknown> = {}) => ({
    as,
    undertook: true,
    conflict: 'none',
    position: 'agrees',
    seatWords: null,
    ...over,
  })
  const record = (hours: number, caseId: string, over: Record<string, unknown>) =>
    put({
      by: by.id,
      at: ago(hours),
      type: 'best_interests.record',
      payload: anAssessment({ id: id(), caseId, at: ago(hours) }, over),
    })

  put({
    by: by.id,
    at: ago(15),
    type: 'best_interests.protect_now',
    payload: {
      id: id(),
      caseId: heron,
      decision: null,
      protectedAt: ago(15),
      what: 'His aunt and the legal aid post were called to the place where he is held.',
      why: 'He was alone at night and nobody had told his family.',
    },
  })
  record(11, heron, {
    kind: 'bid',
    about: ['return'],
    triggers: ['separation_from_parents_against_will'],
    question: 'Where does he live when he is free?',
    options: [
      {
        what: 'With his aunt',
        speaksFor: 'He asks for her, and she is there every evening.',
        speaksAgainst: 'Her house is near the harbour, where he was taken.',
        isChosen: true,
      },
      {
        what: 'In the open house for a while',
        speaksFor: 'It is quiet, and somebody is awake at night.',
        speaksAgainst: 'He would be away from everybody he knows.',
        isChosen: false,
      },
    ],
    childView: 'I want to go home with my aunt.',
    familyView: 'He sleeps in the room beside mine.',
    safety: 'His aunt knows whom to call, also at night.',
    familyUnity: 'She has cared for him for two years.',
    development: 'The school keeps his place.',
    publicSafety: 'Nothing was said that somebody else would be in danger.',
    childRights: 'To his family, to be free, and to be heard.',
    reconciled: 'He goes home, and his worker calls every second day for a month.',
    decision: 'He goes home to his aunt on the day he is free.',
    reasons: 'He wants it, she can do it, and nothing that speaks against it weighs more.',
    panel: [
      seat('child_protection'),
      seat('psychosocial'),
      seat('legal_aid', {
        position: 'dissents',
        seatWords: 'A few days in the open house first would give her time.',
      }),
      seat('community', {
        conflict: 'declared',
        position: 'withdrew',
        seatWords: 'Is a neighbour of the family.',
      }),
    ],
    reviewOn: day(30),
    appealToldOn: ago(11).slice(0, 10),
  })
  record(24 * 8, rice, {
    about: ['return'],
    question: 'Can he live with his grandmother again?',
    options: [
      {
        what: 'With his grandmother',
        speaksFor: 'It is what he wants most.',
        speaksAgainst: 'The road to school is long.',
        isChosen: true,
      },
      {
        what: 'With his aunt in town',
        speaksFor: 'The school is next door.',
        speaksAgainst: 'He is alone in the evening.',
        isChosen: false,
      },
    ],
    childView: 'I want to sit with my grandmother again.',
    familyView: 'There is a bed for him.',
    decision: 'He lives with his grandmother.',
    reasons: 'He is wanted there and says so himself.',
    reviewOn: day(60),
  })
  put({
    by: by.id,
    at: ago(24 * 6),
    type: 'best_interests.decide',
    payload: {
      id: id(),
      caseId: rice,
      decision: 'return',
      decidedAt: ago(24 * 6),
      what: 'He moves to his grandmother on Saturday; his worker goes along.',
      childTold: 'Told on the steps of the office. “Then I can feed the goats.”',
    },
  })
}

/** What was weighed before a case moved to the office where the family lives now. */
export const MOVES_ALONG = {
  about: ['transfer'],
  question: 'Which office should go on with this child?',
  options: [
    {
      what: 'The office of the coast, where the family lives now',
      speaksFor: 'Visits are an hour away, and the school is there.',
      speaksAgainst: 'The child knows its worker here.',
      isChosen: true,
    },
    {
      what: 'This office, by telephone',
      speaksFor: 'Nobody new to get to know.',
      speaksAgainst: 'Nobody would see the child.',
      isChosen: false,
    },
  ],
  childView: 'If she calls me once more before, then yes.',
  familyView: 'We stay at the coast.',
  safety: 'Nobody has asked for the child at either place.',
  decision: 'The office of the coast is asked to go on with the case.',
  reasons: 'The child must be seen, and wants a last call from its worker.',
}
