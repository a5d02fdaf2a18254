import type { Day } from '../../src/core/time.ts'
import { PEOPLE } from './people.ts'

type StaffStep = { by: string; path: string; body: object }

const [sari, dedi, ratna] = PEOPLE

/** What the fictional people of an office keep of themselves: days away to come, and a talk about work as a whole. */
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
