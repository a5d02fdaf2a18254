import { acts, type Around, codes, DAY, words } from './file-acts.ts'

/** A boy whose plan was approved and is being carried out; a conference comes. */
export function tellCarriedOut(around: Around, boy: string): void {
  const { by, supervisor, ago } = around
  const { day, step, edit, agree, check, note, assess, weigh, plan, goal, decidePlan, task, followUp, kin } = acts(
    around,
    boy,
  )
  agree(94, '15_17', 'If my cousin may sit with us.')
  check(94, { harmToChild: 'high', nextOn: day(-87), childSays: 'I do not know who waits outside.' })
  kin(93, {
    relation: 'other_family',
    roles: ['caregiver', 'trusted_adult'],
    inHousehold: true,
    mayBeCalled: 'any_time',
    callName: 'Kak Eko',
    phone: '0811 000 631',
  })
  weigh(91, {
    about: ['return'],
    question: 'Where does he live from now on?',
    childView: 'With my cousin. He does not ask.',
    familyView: 'His cousin has a room for him; his parents agree and visit on Sundays.',
    decision: 'He lives with his cousin, ten minutes from his parents.',
    reasons: 'He wants it, it is quiet, and his family stays near.',
    reviewOn: day(20),
  })
  step(90, 'best_interests.decide', {
    decision: 'return',
    decidedAt: ago(DAY * 90),
    what: 'He moves to his cousin on Saturday; his father carries the bed.',
    childTold: 'Told at the office. “Good. I bring the bird.”',
  })
  assess(
    88,
    {
      strengths: {
        str_likes: words('Engines of boats; his bird'),
        str_people: words('His cousin; his father when they repair something'),
        str_calm: words('Oiling a chain'),
        str_proud: words('The engine of the school boat runs again'),
        str_wants: words('To be asked about engines and about nothing else'),
        str_hopes: words('A workshop at the harbour'),
      },
      education: {
        edu_likes: words('How things are made'),
        edu_wish: words('The course for boat engines'),
        edu_now: codes('not'),
        edu_last: words('Class 9'),
        edu_stands: words('The fee, and that he is older than the others'),
        nc_boat: codes('boat'),
      },
    },
    {
      harmToChild: 'medium',
      conclusion:
        'His hands know more than his papers say. A place in the course, and a Sunday with his parents, carry the rest.',
      childSays: 'Write that I want to earn money for my mother.',
    },
  )
  const back = edit(86, 'care.edit_return', {
    kind: 'after_reunification',
    startsOn: day(-88),
    endsOn: null,
    outcome: null,
  })
  plan(80, {
    wants: 'I want to learn boat engines and eat at my mother’s on Sundays.',
    optionsConsidered:
      'School again: he would be three years older than his class. The course: what he asks for; the fee is paid for every apprentice of the district.',
    reviewOn: day(8),
    safetyChild: 'If somebody waits for me I stay in the workshop and call Kak Eko.',
    safetyVisit: 'Come to the workshop after four, as a customer would.',
    tellPeople: 'That I learn engines.',
    notTellPeople: 'Where I was last year.',
    tellSaidOn: day(-80),
  })
  goal(
    79,
    { domain: 'education_work', state: 'going', inTheirWords: 'I want to learn boat engines.' },
    {
      kind: 'vocational_training',
      status: 'started',
      what: 'Six months of the course at the harbour, with the other apprentices',
      who: 'The master of the workshop',
      dueOn: day(70),
    },
  )
  goal(
    79,
    { domain: 'family_relations', state: 'done', inTheirWords: 'I want to eat at my mother’s on Sundays.' },
    {
      kind: 'family_mediation',
      status: 'done',
      what: 'Parents, cousin and he agree on the Sundays',
      who: 'His worker',
      dueOn: day(-60),
    },
  )
  decidePlan(76, 'approved', 'His words first, and nothing in it that other apprentices do not get.')
  note(66, 'home_visit', {
    howIsTheChild: 'He let me hear the engine before he said anything. The bird sits on the bed.',
    agreed: 'His father walks with him to the course in the first week.',
  })
  followUp(60, back, 'home_visit', 'They have a chair for me.', {
    safety: 'a_little',
    family: 'mostly',
    community: '2',
    education_work: 'a_little',
  })
  note(41, 'call', {
    howIsTheChild: 'The master: he comes early and stays late.',
    next: 'Ask for the paper of the course',
  })
  followUp(28, back, 'office_visit', 'Nobody asks any more.', {
    safety: 'mostly',
    family: 'fully',
    community: '3',
    education_work: 'mostly',
  })
  const colleague = (of: { id: string }) => ({ personId: of.id, as: null })
  step(9, 'conference.call', {
    at: ago(-DAY * 6),
    replaces: null,
    agenda: 'What follows when the course ends. Whether we still need to come.',
    invited: [colleague(by), colleague(supervisor)],
  })
  check(6, { harmToChild: 'low', nextOn: day(24), childSays: 'It is good. My bird has eggs.', childSaidOn: day(-6) })
  task(6, 'Paper of the course for his file', 5, { waitsFor: 'authority' })
  task(6, 'Tell his mother what the conference is for', 3)
}

/** A girl whose goals are reached: what is best for her was weighed, and she is asked when to end. */
export function tellNearItsEnd(around: Around, girl: string): void {
  const { day, edit, agree, check, note, assess, weigh, plan, goal, decidePlan, task, followUp, kin } = acts(
    around,
    girl,
  )
  agree(148, '6_11', 'Yes, and my doll listens too.')
  check(148, { nextOn: day(-141) })
  kin(147, {
    relation: 'grandmother',
    roles: ['caregiver', 'emergency'],
    inHousehold: true,
    mayBeCalled: 'any_time',
    callName: 'Oma Ida',
    phone: '0811 000 774',
  })
  weigh(144, {
    about: [],
    question: 'Can she stay with her grandmother?',
    childView: 'Oma makes pancakes.',
    familyView: 'She is my son’s child, she stays with me.',
    decision: 'She stays with her grandmother.',
    reasons: 'She is at home there and her brother too.',
    reviewOn: null,
  })
  assess(
    140,
    {
      strengths: {
        str_likes: words('Pancakes, singing, her brother'),
        str_people: words('Her grandmother'),
        str_calm: words('Her doll'),
        str_proud: words('She can write her name'),
        str_wants: words('Shoes like the others'),
        str_hopes: words('To be a nurse'),
      },
    },
    {
      harmToChild: 'low',
      conclusion: 'She is loved and wants to learn. School and her birth certificate are what is missing.',
      childSays: 'I can write it myself.',
    },
  )
  plan(132, {
    wants: 'I want to go to school with my brother.',
    optionsConsidered: 'School now without papers, or next year with them. Now: the head teacher agrees.',
    reviewOn: day(14),
    safetyChild: 'I go home with my brother. If he is not there I wait with the teacher.',
  })
  goal(
    131,
    { domain: 'education_work', state: 'done', inTheirWords: 'I want to go to school with my brother.' },
    { kind: 'education', status: 'done', what: 'A place in the first class', who: 'The school', dueOn: day(-120) },
  )
  goal(
    131,
    { domain: 'legal_identity_protection', state: 'done', inTheirWords: 'I want a paper with my name.' },
    {
      kind: 'civil_registration',
      status: 'done',
      what: 'Late registration of her birth, with her grandmother as witness',
      who: 'The registrar and her worker',
      dueOn: day(-50),
    },
  )
  decidePlan(129, 'approved', null)
  const back = edit(128, 'care.edit_return', {
    kind: 'after_reunification',
    startsOn: day(-130),
    endsOn: null,
    outcome: null,
  })
  followUp(100, back, 'home_visit', 'I sit beside Ayu.', {
    safety: 'mostly',
    family: 'fully',
    education_work: 'mostly',
  })
  note(70, 'school_visit', {
    howIsTheChild: 'She reads to her doll in the break.',
    agreed: 'Her teacher keeps the seat.',
  })
  note(44, 'office_visit', { howIsTheChild: 'She came to fetch her certificate and read it aloud.' })
  followUp(36, back, 'school_visit', 'I can read now.', { safety: 'fully', family: 'fully', education_work: 'fully' })
  check(12, { harmToChild: 'low', childSays: 'Everything is good.', childSaidOn: day(-12) })
  weigh(4, { reviewOn: null })
  task(4, 'Ask her and her grandmother on which day we say goodbye', 6)
}
