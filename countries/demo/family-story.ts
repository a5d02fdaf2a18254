import type { Instant } from '../../src/core/time.ts'
import type { StoryStep } from './story.ts'

type Around = {
  by: { id: string }
  ago: (hours: number) => Instant
  id: () => string
  put: (step: StoryStep) => void
}

/** Who is around two of the demo's fictional children; the numbers ring nowhere. */
export function tellFamily({ by, ago, id, put }: Around, heron: string, rice: string): void {
  const edit = (hours: number, type: string, caseId: string, set: Record<string, unknown>): string => {
    const rowId = id()
    put({ by: by.id, at: ago(hours), type: `family.${type}`, baseVersion: 0, payload: { id: rowId, caseId, set } })
    return rowId
  }
  const person = (hours: number, caseId: string, of: Record<string, unknown>) =>
    edit(hours, 'edit_person', caseId, {
      state: 'now',
      roles: [],
      inHousehold: false,
      language: 'id',
      about: null,
      calledWhen: null,
      phone: null,
      ...of,
    })

  person(14, heron, {
    relation: 'aunt',
    roles: ['caregiver', 'emergency'],
    inHousehold: true,
    mayBeCalled: 'at_times',
    calledWhen: 'In the morning. Say that you call about the school.',
    callName: 'Bibi Sum',
    phone: '0811 000 417',
    about: 'She comes to the post with his worker.',
  })
  person(14, heron, {
    relation: 'other_nonfamily',
    roles: ['trusted_adult'],
    mayBeCalled: 'through_child',
    callName: 'Pak Guru',
  })
  person(150, rice, {
    relation: 'grandmother',
    roles: ['caregiver'],
    inHousehold: true,
    mayBeCalled: 'any_time',
    callName: 'Nenek',
    phone: '0811 000 902',
  })
  edit(13, 'edit_tracing', heron, {
    state: 'open',
    childWants: 'yes',
    relation: 'brother',
    nextOn: ago(-24 * 3).slice(0, 10),
    whom: 'His older brother, who went ahead to the city',
    next: 'Call the school he spoke of',
    outcome: null,
  })
  // His grandmother was found first: verified, weighed, and he lives with her again.
  const grandmother = edit(180, 'edit_tracing', rice, {
    state: 'open',
    childWants: 'yes',
    relation: 'grandmother',
    nextOn: null,
    whom: 'His grandmother at the rice terraces',
    next: null,
    outcome: null,
  })
  const fact = (hours: number, type: string, of: Record<string, unknown>) =>
    put({
      by: by.id,
      at: ago(hours),
      type: `family.${type}`,
      payload: { id: id(), caseId: rice, tracingId: grandmother, ...of },
    })
  fact(172, 'verify', {
    doneOn: ago(173).slice(0, 10),
    isFamily: true,
    childSays: 'She calls the goats by name.',
    familySays: 'He hums when he is afraid.',
    how: 'Asked apart, he at the office and she at home; the school knows both.',
  })
  fact(165, 'reunify', {
    kind: 'full',
    fromOn: ago(160).slice(0, 10),
    childAgrees: 'agrees',
    firstVisitOn: ago(120).slice(0, 10),
    childSays: 'I want to sit with my grandmother again.',
    agreed: 'His worker goes along. If the first night is hard, he calls, and they come for tea.',
  })
  const mother = edit(148, 'edit_tracing', rice, {
    state: 'open',
    childWants: 'yes',
    relation: 'mother',
    nextOn: ago(-24 * 6).slice(0, 10),
    whom: 'His mother, who went to work in the town by the river',
    next: 'Ask the market office',
    outcome: null,
  })
  put({
    by: by.id,
    at: ago(100),
    type: 'family.add_step',
    payload: {
      id: id(),
      caseId: rice,
      tracingId: mother,
      action: 'case_by_case',
      doneOn: ago(101).slice(0, 10),
      cameOfIt: 'a_trace',
      words: 'A stall keeper remembers her and will ask.',
    },
  })
}
