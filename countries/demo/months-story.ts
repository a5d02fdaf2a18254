import { sha256Hex } from '../../src/crypto/hash.ts'
import type { Instant } from '../../src/core/time.ts'
import { acts, type Around, codes, DAY, words } from './file-acts.ts'
import { tellCarriedOut, tellNearItsEnd } from './long-story.ts'
import type { PEOPLE } from './people.ts'

type Person = (typeof PEOPLE)[number]

type About = { alias: string; sex: string; ageBand: string; region: string }

type Opening = Omit<Around, 'by'> & {
  workers: readonly [Person, Person]
  open: (by: Person, at: Instant, about: About, id: string) => string
  /** Who the child is, how it became known, and whether it may be known elsewhere. */
  begin: (by: Person, at: Instant, caseId: string, of: { sex: string; age: number; card: object }) => void
  /** The first day of the month in which the demo starts. */
  month: string
}

/** Files of months that go on, each at another step of the work, and in the sample that this month draws; answers which they are. */
export function tellMonths({ workers: [sari, dedi], open, begin, month, ...around }: Opening): string[] {
  const opened = (by: Person, daysAgo: number, about: Omit<About, 'region'>, age: number, card: object) => {
    const at = around.ago(DAY * daysAgo)
    const id = open(by, at, { ...about, region: 'NC-TL' }, drawnIn(month, around.id))
    begin(by, around.ago(DAY * daysAgo - 1), id, { sex: about.sex, age, card })
    return id
  }
  const kite = opened(sari, 40, { alias: 'Silver Kite', sex: 'female', ageBand: '12_14' }, 13, {
    callName: 'Rina',
    carer: 'Her uncle',
    village: 'Market Steps',
    phoneLast: '255',
  })
  const bridge = opened(sari, 95, { alias: 'Bamboo Bridge', sex: 'male', ageBand: '15_17' }, 16, {
    callName: 'Yan',
    carer: 'His cousin',
    village: 'Boat Yard',
    phoneLast: '631',
  })
  const lantern = opened(dedi, 149, { alias: 'Garden Lantern', sex: 'female', ageBand: '6_11' }, 7, {
    callName: 'Ida',
    carer: 'Her grandmother',
    village: 'Hill Road',
    phoneLast: '774',
  })
  tellNotSafe({ ...around, by: sari }, kite)
  tellCarriedOut({ ...around, by: sari }, bridge)
  tellNearItsEnd({ ...around, by: dedi }, lantern)
  return [kite, bridge, lantern]
}

/** The id of a file that a month's sample draws before others, by the sum of `kembali.file_sample`. */
function drawnIn(month: string, id: () => string): string {
  for (;;) {
    const found = id()
    if (sha256Hex(`${month}${found}`).startsWith('00')) return found
  }
}

/** A girl whose plan came back with a question, and of whom her teacher said this morning that she is not safe. */
function tellNotSafe(around: Around, girl: string): void {
  const { day, agree, check, note, assess, weigh, plan, goal, decidePlan, task, kin } = acts(around, girl)
  agree(39, '12_14', 'You may write it down. Not my teacher’s name.')
  check(39, { nextOn: day(-32), childSays: 'At the neighbour’s I sleep.' })
  kin(38, {
    relation: 'uncle',
    roles: ['caregiver'],
    inHousehold: true,
    mayBeCalled: 'through_child',
    callName: 'Paman Jo',
  })
  kin(38, {
    relation: 'other_nonfamily',
    roles: ['trusted_adult', 'emergency'],
    mayBeCalled: 'any_time',
    callName: 'Ibu Tari',
    phone: '0811 000 255',
  })
  note(38, 'home_visit', {
    howIsTheChild: 'She showed me where she does her sums. She looked at the door when her uncle came in.',
    agreed: 'She goes to the neighbour when it gets loud.',
  })
  weigh(36, {
    about: [],
    question: 'Where is she safe while her mother works in the city?',
    childView: 'At the neighbour’s, until my mother comes back.',
    familyView: 'Her mother agrees on the telephone. Her uncle was not asked alone yet.',
    safety: 'He drinks on market days. The neighbour’s door is always open.',
    decision: 'She sleeps at the neighbour’s on market days; her mother is called each week.',
    reasons: 'She asks for it, her mother agrees, and school stays the same.',
    reviewOn: day(24),
  })
  assess(
    31,
    {
      strengths: {
        str_likes: words('Sums, and kites made of old paper'),
        str_people: words('Her mother on the telephone; the neighbour'),
        str_calm: words('Folding paper'),
        str_proud: words('She won the sums of the whole island'),
        str_wants: words('That it is quiet in the evening'),
        str_hopes: words('A house with her mother'),
      },
      safety: {
        saf_where: words('At the neighbour’s'),
        saf_does: words('She leaves before he comes home'),
        saf_afraid: words('Market days'),
        saf_harm: codes('no'),
        saf_contact: codes('no'),
        saf_need: words('A key of the neighbour’s house'),
      },
    },
    {
      harmToChild: 'medium',
      conclusion:
        'She has a mother who calls and a neighbour who opens. What she needs first is a bed there of her own.',
      childSays: 'Yes. And that nobody tells him that I said it.',
    },
  )
  note(20, 'call', {
    howIsTheChild: 'Her mother: she comes for two weeks in the dry season.',
    next: 'Ask for the days',
  })
  plan(12, {
    wants: 'I want to sleep at the neighbour’s and go on with school.',
    optionsConsidered:
      'Stay with her uncle and visit often: near school, and not safe on market days. The neighbour: a bed, and she asks for it.',
    carerAgrees: 'agrees',
    reviewOn: day(60),
    safetyChild: 'When it gets loud I take my bag and go next door. I call my worker from there.',
    safetyVisit: 'Come with a colleague, never on a market day.',
  })
  goal(
    12,
    { domain: 'protection_safety', state: 'going', inTheirWords: 'I want a bed at the neighbour’s.' },
    {
      kind: 'alternative_care',
      status: 'started',
      what: 'Agree with neighbour and mother who pays for food, and what is told to her uncle',
      who: 'Her worker',
      dueOn: day(6),
    },
  )
  decidePlan(
    4,
    'returned',
    'Her words stand first, good. What happens on a market day when the neighbour is away? Write that into her own safety plan.',
  )
  note(3, 'school_visit', {
    howIsTheChild: 'Tired. She asked whether the neighbour may fetch her from school.',
    agreed: 'Her teacher calls at once when she does not come.',
    next: 'Talk with the neighbour about the way home',
  })
  task(3, 'Talk with the neighbour about the way home', 1)
  check(4 / DAY, {
    how: 'heard',
    safeNow: 'no',
    harmToChild: 'high',
    nextOn: day(1),
    couldHarm: 'Her uncle fetched her from school before noon. He had been drinking, says her teacher.',
    done: 'Called the neighbour, who went there and stays with her. The supervisor knows; we go there together.',
  })
}
