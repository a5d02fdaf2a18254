import type { WordId } from '../../../web/word-ids.ts'

type FieldOfThing = { thing: string; field: string }
type Words = { find: (id: string) => string | null }

/** Fields that go by another name in this thing than elsewhere: the question of their own form. */
const LABELS: { [of: string]: WordId } = {
  'care_action.goalId': 'services.goal',
  'care_return.kind': 'care.return_kind',
  'care_return.outcome': 'care.return_outcome',
  'care_sheet.childSaidOn': 'services.child_said_on',
  'child_service.childSaidOn': 'services.child_said_on',
  'child_service.ended': 'services.ended',
  'child_service.fits': 'services.fits',
  'child_service.goalId': 'services.goal',
  'child_service.nextOn': 'services.next',
  'child_service.provider': 'services.provider',
  'child_wish.inTheirWords': 'allocation.wish_words',
  'family_person.state': 'family.still',
  'family_tracing.state': 'family.tracing_state',
}

/** What a field of a thing is called; null for one that nobody has named. */
export function fieldLabel({ find }: Words, { thing, field }: FieldOfThing): string | null {
  return find(LABELS[`${thing}.${field}`] ?? `field.name.${field}`)
}

/** Where the words of a field's choices stand, for what can be changed one field at a time. */
const CHOICES: { [of: string]: string } = {
  'care_action.safeguards': 'care.aid',
  'care_goal.state': 'care.goal',
  'care_plan.carerAgrees': 'care.agree',
  'care_plan.childAgrees': 'care.agree',
  'care_task.state': 'care.task',
  'care_task.waitsFor': 'care.waits',
  'case.ageBand': 'cases.age',
  'child_service.ended': 'services.end',
  'child_service.fits': 'services.fit',
  'child_service.safeguards': 'care.aid',
  'child_service.state': 'services.state',
  'child_wish.prefers': 'allocation.prefers',
  'family_person.mayBeCalled': 'family.called',
  'family_person.roles': 'family.role',
  'family_person.state': 'family.state',
  'family_tracing.childWants': 'family.wants',
  'safe_start.basis': 'cases.basis',
  'safe_start.safeNow': 'cases.safe',
}

/** A choice of ours has its words beside the form it belongs to; null where it is no choice. */
export function choiceText({ find }: Words, { thing, field }: FieldOfThing, code: string): string | null {
  if (!/^[a-z0-9_]+$/.test(code)) return null
  const known = CHOICES[`${thing}.${field}`]
  if (known !== undefined) return find(`${known}.${code}`)
  // What is told once and never changed: its feature and its own name say where.
  const [feature = '', ...kind] = thing.split('_')
  for (const name of [field, kind.join('_')]) {
    const word = find(`${feature}.${name}.${code}`) ?? find(`cases.${name}.${code}`)
    if (word !== null) return word
  }
  return null
}
