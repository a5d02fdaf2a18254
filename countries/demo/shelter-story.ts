import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  worker: { id: string; name: string }
  /** Who answers for the child in the house, and who has the nights there. */
  keyWorker: { id: string }
  night: { id: string }
  psychologist: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** A fictional child that stays in a shelter for some weeks: her yes, who of the house may read, her care sheet, its days. */
export function tellShelter({ worker, keyWorker, night, ago, id, put }: Around, girl: string): void {
  const consentId = id()
  const step = (
    by: { id: string },
    hours: number,
    type: string,
    payload: Record<string, unknown>,
    baseVersion?: number,
  ) => put({ by: by.id, at: ago(hours), type, payload, ...(baseVersion === undefined ? {} : { baseVersion }) })

  step(worker, 35, 'referrals.record_consent', {
    id: consentId,
    caseId: girl,
    purpose: 'referral_specific',
    recipient: 'foster_or_shelter',
    text: 'referral_specific_1',
    language: 'id',
    capacity: '15_17',
    child: 'agrees',
    adult: 'agrees',
    adultIs: 'parent_or_carer',
    withheld: null,
    askedAt: ago(35),
    endsOn: null,
    organisation: 'House by the Garden',
    explainedBy: worker.name,
    childSaid: 'They may know that I want the door open.',
  })
  const name = (purpose: string, people: { id: string }[]) =>
    step(worker, 34, 'referrals.name_care_team', {
      id: id(),
      caseId: girl,
      purpose,
      consentId,
      basisId: null,
      people: people.map((one) => one.id),
      endsOn: ago(-24 * 60).slice(0, 10),
    })
  name('daily_care', [night])
  name('key_work', [keyWorker])
  const sheet = {
    calledName: 'Wulan',
    speaks: 'Bahasa; understands English, and answers when she is ready',
    childSays: 'I want to know who comes in before the door opens.',
    childSaidOn: ago(34).slice(0, 10),
    calms: 'The garden. Ten minutes alone, then tea.',
    frightens: 'Loud men’s voices, being touched from behind.',
    eats: 'No peanuts, not even in sauce.',
    night: 'Door open a hand’s breadth, light in the corridor. Knock and say your name.',
    unwell: 'Call the health post; she has a card with her to show there.',
    days: 'School until one, her teacher knows. Wednesdays at three: the counsellor comes.',
    mayVisit: 'Her mother and her grandmother, Fridays and Sundays.',
    mayNotVisit: 'Nobody else. Whoever asks for her at the gate is told that no child of that name is here.',
    goesOut: 'To school with the older girls; elsewhere with somebody of the house.',
    safety: 'If somebody waits at the gate: keep her inside, call the worker, then the duty number of the office.',
    callFirst: 'Her worker at any hour: 0811 000 417',
  }
  step(worker, 33, 'services.edit_care_sheet', { id: girl, caseId: girl, set: sheet }, 0)

  const entry = (by: { id: string }, hours: number, of: Record<string, unknown>) =>
    step(by, hours, 'services.add_day_entry', {
      id: id(),
      caseId: girl,
      onDay: ago(hours).slice(0, 10),
      childSays: null,
      forNext: null,
      told: null,
      ...of,
    })
  entry(night, 26, {
    shift: 'night',
    kind: 'day',
    howItWas: 'She slept from eleven. Woke once and came to the kitchen for water.',
    childSays: 'Is the door still open?',
    forNext: 'Let her sleep until seven, the school begins late today.',
  })
  entry(keyWorker, 18, {
    shift: 'morning',
    kind: 'school',
    howItWas: 'Went with the two older girls and came back with them. Two pages of sums, done at the table.',
  })
  entry(keyWorker, 14, {
    shift: 'afternoon',
    kind: 'incident',
    howItWas: 'A man at the gate asked for a girl of her name. He was told that no such child is here, and left.',
    told: 'Her worker at 15:20, the duty number at 15:25',
    forNext: 'Gate stays locked. If he comes back: the duty number at once.',
  })
}

/** A psychologist who is named for a fictional boy, and what she wrote of the talks: part `health`, which is on no phone. */
export function tellPsychologist({ worker, psychologist, ago, id, put }: Around, boy: string, serviceId: string): void {
  const consentId = id()
  put({
    by: worker.id,
    at: ago(130),
    type: 'referrals.record_consent',
    payload: {
      id: consentId,
      caseId: boy,
      purpose: 'referral_specific',
      recipient: 'psychosocial_provider',
      text: 'referral_specific_1',
      language: 'id',
      capacity: '15_17',
      child: 'agrees',
      adult: 'agrees',
      adultIs: 'parent_or_carer',
      withheld: null,
      askedAt: ago(130),
      endsOn: null,
      organisation: 'Teluk Health Post',
      explainedBy: worker.name,
      childSaid: 'She may write it down, if my teacher does not read it.',
    },
  })
  put({
    by: worker.id,
    at: ago(129),
    type: 'referrals.name_care_team',
    payload: {
      id: id(),
      caseId: boy,
      purpose: 'health_care',
      consentId,
      basisId: null,
      people: [psychologist.id],
      endsOn: ago(-24 * 80).slice(0, 10),
    },
  })
  put({
    by: psychologist.id,
    at: ago(46),
    type: 'services.add_health_note',
    payload: {
      id: id(),
      caseId: boy,
      serviceId,
      onDay: ago(48).slice(0, 10),
      kind: 'mental_health',
      layer: 'l4_specialised',
      note: 'Third talk. He sleeps five hours now. We tried the breathing he likes; he says the evenings are the hard part.',
      next: 'Wednesday at three. Ask his grandmother about the evenings.',
    },
  })
}
