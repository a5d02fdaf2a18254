import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** How the demo's fictional worker cares for its fictional children: a plan that waits for its supervisor, notes, a task. Answers the goals of the plan. */
export function tellCare({ by, ago, id, put }: Around, heron: string, rice: string, everyday: string) {
  const day = (inDays: number) => ago(-24 * inDays).slice(0, 10)
  const edit = (hours: number, type: string, caseId: string, set: Record<string, unknown>, rowId = id()): string => {
    put({ by: by.id, at: ago(hours), type, baseVersion: 0, payload: { id: rowId, caseId, set } })
    return rowId
  }
  const note = (hours: number, caseId: string, kind: string, words: Record<string, string>, folded = false) => {
    const payload = { id: id(), caseId, kind, at: ago(hours), folded, corrects: null }
    const said = { present: null, howIsTheChild: null, agreed: null, next: null, ...words }
    put({ by: by.id, at: ago(hours), type: 'care.add_note', payload: { ...payload, ...said } })
  }
  const action = (hours: number, caseId: string, goalId: string, set: Record<string, unknown>) =>
    edit(hours, 'care.edit_action', caseId, { goalId, safeguards: [], ...set })

  edit(
    160,
    'care.edit_plan',
    rice,
    {
      wants: 'I want to sit with my grandmother again and finish school.',
      wantsSaidOn: day(-7),
      wantsHeardBy: 'Told to his worker, on the steps of the office',
      optionsConsidered:
        'Stay with his aunt in town: near the school, but he is alone in the evening. With his grandmother: what he wants; the road is long, and the school must agree.',
      childAgrees: 'agrees',
      carerAgrees: 'agrees',
      reviewOn: day(60),
      safetyChild: 'If somebody frightens me I go to my grandmother’s neighbour and call my worker, at any hour.',
      safetyVisit: 'Visit in the morning, with a colleague, and say at the office when we are back.',
      tellPeople: 'That I am back, and that I sit the exam.',
      notTellPeople: 'Where I was. I say it myself if I want to.',
      tellSaidOn: day(-7),
      singledOut:
        'If somebody asks where he was, his grandmother says: he is home, ask him about the exam. His teacher stands by him. If anybody threatens him we stop, and talk to nobody else.',
    },
    rice,
  )
  const school = edit(159, 'care.edit_goal', rice, {
    domain: 'education_work',
    state: 'going',
    inTheirWords: 'I want to finish school.',
    why: 'He was in his last year, and school is where his friends are.',
    howWeWillKnow: 'He sits the exam in the dry season.',
    dueOn: day(90),
  })
  const home = edit(158, 'care.edit_goal', rice, {
    domain: 'family_relations',
    state: 'done',
    inTheirWords: 'I want to sit with my grandmother again.',
    howWeWillKnow: 'He sleeps at her house and says that he is wanted there.',
  })
  const calm = edit(157, 'care.edit_goal', rice, {
    domain: 'emotional_health',
    state: 'not_started',
    inTheirWords: 'I want to sleep without waking up.',
    dueOn: day(45),
  })
  action(156, rice, school, {
    kind: 'education',
    status: 'started',
    what: 'Ask the school for a place and for the lessons he missed',
    purpose: 'So that he sits with others of his age again',
    who: 'My worker and the school',
    dueOn: day(3),
  })
  action(155, rice, home, {
    kind: 'family_mediation',
    status: 'done',
    what: 'Talk with grandmother and aunt together',
    who: 'My worker',
    dueOn: day(-2),
  })
  action(154, rice, calm, {
    kind: 'psychosocial',
    layer: 'l3_focused_non_specialised',
    status: 'planned',
    what: 'Meet the counsellor once a week',
    who: 'The counsellor at the health post',
    dueOn: day(10),
  })
  put({ by: by.id, at: ago(150), type: 'care.submit_plan', payload: { id: id(), caseId: rice, note: null } })
  note(140, rice, 'home_visit', {
    howIsTheChild: 'He showed me the goats and laughed twice.',
    agreed: 'He goes to the school with his grandmother on Monday.',
    next: 'Ask the school for a place',
    present: 'Grandmother, for tea',
  })
  note(100, rice, 'call', { howIsTheChild: 'What he told about the nights before he came home.' }, true)

  const back = edit(149, 'care.edit_return', rice, {
    kind: 'after_reunification',
    startsOn: day(-40),
    endsOn: null,
    outcome: null,
  })
  const contact = (daysAgo: number, how: string, childSays: string | null, outcomes: Record<string, string>) =>
    put({
      by: by.id,
      at: ago(24 * daysAgo),
      type: 'care.add_follow_up',
      payload: { id: id(), caseId: rice, returnId: back, how, at: ago(24 * daysAgo), outcomes, childSays, needs: null },
    })
  contact(5, 'home_visit', 'I sleep when the door is open.', {
    safety: 'a_little',
    family: 'fully',
    community: '2',
    education_work: 'not_yet',
    mhpss: 'no_answer',
  })
  contact(1, 'school_visit', 'They kept my chair.', {
    safety: 'mostly',
    family: 'fully',
    community: '3',
    education_work: 'mostly',
    mhpss: 'a_little',
    agency: 'mostly',
  })

  // Blue Heron is held, and yet has a plan of his own from the first day.
  note(15, heron, 'call', {
    howIsTheChild: 'He asked for his aunt and whether somebody feeds the hens.',
    agreed: 'His aunt comes to the post with me.',
    next: 'Go to the post with his aunt',
  })
  edit(15, 'care.edit_task', heron, {
    title: 'Go to the post with his aunt',
    state: 'open',
    dueAt: ago(-8),
    ownerId: null,
  })
  edit(
    14,
    'care.edit_plan',
    heron,
    { wants: 'I want my aunt to come.', wantsSaidOn: ago(14).slice(0, 10), wantsHeardBy: 'On the telephone' },
    heron,
  )
  const aunt = edit(14, 'care.edit_goal', heron, {
    domain: 'family_relations',
    state: 'going',
    inTheirWords: 'I want to go home with my aunt.',
    dueOn: day(7),
  })
  action(14, heron, aunt, {
    kind: 'legal_assistance',
    status: 'started',
    what: 'Find a lawyer who sees me today',
    who: 'My worker and the legal aid post',
    dueOn: day(1),
  })
  const held = edit(13, 'care.edit_return', heron, {
    kind: 'in_detention',
    startsOn: day(-1),
    endsOn: null,
    outcome: null,
  })
  put({
    by: by.id,
    at: ago(12),
    type: 'care.add_follow_up',
    payload: {
      id: id(),
      caseId: heron,
      returnId: held,
      how: 'call',
      at: ago(12),
      outcomes: { safety: 'a_little', family: 'fully', mhpss: 'no_answer' },
      childSays: 'It is loud at night.',
      needs: 'A blanket, and a doctor for his foot',
    },
  })

  note(40, everyday, 'school_visit', {
    howIsTheChild: 'She reads well and sits at the front.',
    next: 'Call her mother',
  })
  edit(39, 'care.edit_task', everyday, { title: 'Call her mother', state: 'open', dueAt: ago(-20), ownerId: null })
  return { school, home, calm }
}
