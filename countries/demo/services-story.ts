import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

const AID = ['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long']

/** What the demo's fictional children get, from whom and what for, what took place, and what they say of it; answers the talks with the counsellor. */
export function tellServices(
  { by, ago, id, put }: Around,
  heron: string,
  rice: string,
  goals: { school: string; home: string; calm: string },
): string {
  const day = (inDays: number) => ago(-24 * inDays).slice(0, 10)
  function service(hours: number, caseId: string, of: Record<string, unknown>): string {
    const serviceId = id()
    const set = { state: 'going', safeguards: [], fits: [], ...of }
    const payload = { id: serviceId, caseId, set }
    put({ by: by.id, at: ago(hours), type: 'services.edit_service', baseVersion: 0, payload })
    return serviceId
  }
  function change(hours: number, caseId: string, serviceId: string, set: Record<string, unknown>): void {
    const payload = { id: serviceId, caseId, set }
    put({ by: by.id, at: ago(hours), type: 'services.edit_service', baseVersion: 1, payload })
  }
  function session(daysAgo: number, caseId: string, serviceId: string, of: Record<string, unknown>): void {
    const nothing = { whyNot: null, receivedBy: null, acknowledged: null, what: null, worth: null, agreedBy: null }
    const payload = {
      id: id(),
      caseId,
      serviceId,
      onDay: day(-daysAgo),
      came: 'came',
      ...nothing,
      childSays: null,
      ...of,
    }
    put({ by: by.id, at: ago(24 * daysAgo - 1), type: 'services.add_session', payload })
  }

  const calm = service(140, rice, {
    kind: 'psychosocial',
    layer: 'l3_focused_non_specialised',
    provider: 'health_service',
    goalId: goals.calm,
    startsOn: day(-7),
    nextOn: day(1),
    fits: ['man_helps', 'nothing_to_be_told', 'safe_way_there'],
    what: 'An hour with the counsellor, on Wednesdays',
    who: 'The counsellor at the health post',
    purpose: 'So that he sleeps and can sit through a lesson',
  })
  change(46, rice, calm, { childSays: 'He lets me be quiet first.', childSaidOn: day(-2) })
  session(5, rice, calm, {})
  session(4, rice, calm, { came: 'did_not_come', whyNot: 'no_way_there' })
  session(3, rice, calm, { came: 'came_for_a_part', childSays: 'I came late, the boat was full.' })
  session(2, rice, calm, {})

  const school = service(138, rice, {
    kind: 'education',
    provider: 'school_or_training',
    goalId: goals.school,
    startsOn: day(-6),
    fits: ['same_as_other_children'],
    what: 'Lessons in the afternoon, with the last class',
    who: 'The class teacher',
    purpose: 'So that he sits the exam with others of his age',
  })
  session(3, rice, school, { childSays: 'They kept my chair.' })
  session(1, rice, school, {})

  const shoes = service(136, rice, {
    kind: 'basic_needs',
    provider: 'public_service',
    goalId: goals.school,
    startsOn: day(-6),
    safeguards: AID,
    fits: ['same_as_other_children'],
    what: 'What every child of the last class gets for the exam: shoes, a bag, exercise books',
    purpose: 'So that nobody sees a difference',
  })
  session(2, rice, shoes, {
    came: 'given',
    what: 'Shoes, a bag, ten exercise books',
    worth: 240_000,
    agreedBy: 'The supervisor',
    receivedBy: 'carer',
    acknowledged: 'signed',
  })

  const talk = service(134, rice, {
    kind: 'family_mediation',
    provider: 'own_office',
    goalId: goals.home,
    startsOn: day(-6),
    what: 'Grandmother, aunt and he talk about where he sleeps, and who helps with what',
  })
  const asked = { childYes: 'yes', carerYes: 'yes', ledBy: 'His worker', afraid: 'no', next: null, nextOn: null }
  session(4, rice, talk, {
    meeting: {
      ...asked,
      isTogether: false,
      tookPart: ['other_family'],
      said: 'He would like to sleep at his grandmother’s, and asks what his aunt needs for that',
      answered: 'His aunt worries about the way at night',
      agreed: null,
      outcome: 'not_yet',
      next: 'All of them together, once each has said that nobody is afraid',
      nextOn: day(-2),
    },
  })
  session(2, rice, talk, {
    childSays: 'Nobody shouted.',
    meeting: {
      ...asked,
      isTogether: true,
      tookPart: ['child', 'carer', 'other_family'],
      said: 'He said himself where he wants to sleep',
      answered: 'Both said yes',
      agreed: 'He sleeps at his grandmother’s, and his aunt walks with him on Fridays',
      outcome: 'accepted',
    },
  })
  const outcome = 'He sleeps at his grandmother’s; his aunt comes on Fridays.'
  change(45, rice, talk, { state: 'ended', endsOn: day(-2), ended: 'done', outcome })
  service(130, rice, {
    kind: 'community_mediation',
    provider: 'community',
    state: 'planned',
    nextOn: day(6),
    what: 'He and his grandmother choose what they say when neighbours ask, and the village head says it with them',
    purpose: 'So that he is asked about the exam and not about where he was',
  })

  // The day of the act itself: shortly after midnight that is yesterday.
  const today = ago(12).slice(0, 10)
  service(12, heron, {
    kind: 'legal_assistance',
    provider: 'public_service',
    startsOn: today,
    what: 'A lawyer who sees him today and comes to every question',
    who: 'The legal aid post',
    childSays: 'She should come before they ask me again.',
    childSaidOn: today,
  })
  service(12, heron, {
    kind: 'psychosocial',
    layer: 'l2_family_community',
    provider: 'own_office',
    state: 'planned',
    nextOn: day(1),
    fits: ['nothing_to_be_told'],
    what: 'His aunt sits with him every day while he is held',
  })
  return calm
}
