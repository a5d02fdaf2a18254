import { expect, test } from 'vitest'
import { addDuration, addMillis, instant } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { keyOf, type Row, type Rows } from '../../../web/replica.ts'
import { demoPack, english } from '../../../../test/speech.ts'
import { tasks } from './tasks.ts'

// What a determination leaves on a worker's day while it can still be asked to be looked at again.
const DECIDED = instant('2026-03-02T08:00Z')
const HOUR = 3_600_000
const pack = demoPack()
const until = addDuration(DECIDED, pack.bestInterests.appeal.within, pack.timeZone)
const caseId = newId()
const recordId = newId()
const row = (thing: string, id: string, fields: Record<string, unknown>): Row => ({
  thing,
  id,
  caseId,
  version: 1,
  fields,
})

const child = row('case', caseId, {
  id: caseId,
  alias: 'Blue Heron',
  state: 'open',
  openedAt: DECIDED,
  takenInAt: null,
  region: 'NC-TL',
})
const record = row('best_interests_record', recordId, {
  id: recordId,
  kind: 'bid',
  about: [],
  outcome: 'act',
  decidedAt: DECIDED,
  reviewOn: null,
  reviews: null,
})
const request = (decision: string | null) =>
  row('second_signature', newId(), {
    act: 'best_interests_determination',
    aboutId: recordId,
    askedAt: DECIDED,
    dueAt: DECIDED,
    answer: decision === null ? null : { decision, answeredAt: DECIDED },
  })
const signed = request('signed')
const appeal = row('best_interests_appeal', newId(), { id: newId(), recordId, askedAt: DECIDED })

test.each([
  ['not while the time is long', [signed], -8 * 24, null],
  [
    'in its last week',
    [signed],
    -6 * 24,
    'Ask the child and its carer once more whether they want it, before this day',
  ],
  [
    'when it is over',
    [signed],
    1,
    'The time is over. Tell the child what holds now; a later wish is still written down',
  ],
  ['no more a week later', [signed], 8 * 24, null],
  ['not once somebody has asked', [signed, appeal], -24, null],
  ['not while nobody has signed what was weighed', [request(null)], -24, null],
] as const)('the time for an appeal stands on a worker’s day %s', (_when, more, hours, why) => {
  const rows: Rows = new Map([child, record, ...more].map((one) => [keyOf(one), one]))
  const found = tasks({ rows, pack, now: addMillis(until, hours * HOUR), speech: english() })
  const [task] = found.filter(({ key }) => key.startsWith('best_interests_ends/'))
  expect(task === undefined ? null : { why: task.why, dueAt: task.dueAt }).toEqual(
    why === null ? null : { why, dueAt: until },
  )
})
