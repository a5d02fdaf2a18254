import type { Day } from '../../src/core/time.ts'
import { PEOPLE } from './people.ts'

type StaffStep = { by: string; path: string; body: object }

const [sari, dedi, ratna] = PEOPLE
const wati = PEOPLE[12]

/** What the fictional people of an office keep of themselves: who is away and will be, and talks about work as a whole, of which the next is due. */
export function staffStory(today: Day): StaffStep[] {
  const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  return [
    {
      by: ratna.id,
      path: '/api/staff/leave',
      body: {
        id: '5e000000-0000-4000-8000-000000000001',
        personId: dedi.id,
        fromOn: day(6),
        untilOn: day(11),
        coveredBy: sari.id,
      },
    },
    {
      by: ratna.id,
      path: '/api/staff/leave',
      body: {
        id: '5e000000-0000-4000-8000-000000000003',
        personId: wati.id,
        fromOn: day(0),
        untilOn: day(2),
        coveredBy: dedi.id,
      },
    },
    {
      by: ratna.id,
      path: '/api/staff/talks',
      body: {
        id: '5e000000-0000-4000-8000-000000000004',
        withId: dedi.id,
        heldOn: day(-33),
        nextOn: day(-2),
        talked: 'The border post answers nobody on Fridays. The girl who learned to read made his month.',
        agreed: 'He calls the post on Thursdays and says when it gets too much.',
        needed: 'A form for the post in its own language',
      },
    },
    {
      by: ratna.id,
      path: '/api/staff/talks',
      body: {
        id: '5e000000-0000-4000-8000-000000000002',
        withId: sari.id,
        heldOn: day(-9),
        nextOn: day(5),
        talked: 'The move of the whole family went well. Three night calls in one week are too many.',
        agreed: 'Next month somebody else takes the calls at night.',
        needed: 'A colleague beside her on the boat in the rainy season',
      },
    },
  ]
}
