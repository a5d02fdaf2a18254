import { expect, test } from 'vitest'
import { fromMillis } from '../core/time.ts'
import { ownerRows } from '../../test/people.ts'
import { freshMachine } from '../../test/db.ts'
import { seedDemo } from './seed-demo.ts'

const DAY = 24 * 3_600_000

test('the demo starts at any hour, also just after midnight, when what was said this morning was said yesterday', async () => {
  const machine = await freshMachine()
  const midnight = Math.floor(Date.now() / DAY) * DAY
  await seedDemo(machine, fromMillis(midnight + 60_000))
  const [told] = await ownerRows(machine, 'select count(*)::int as n from op_log')
  expect(told?.n).toBeGreaterThan(100)
}, 180_000) // a whole story, on a computer that runs everything else beside it
