import { FamilyPerson } from './person.ts'
import { FamilyTracing } from './tracing.ts'

/** What merges field by field here, by its table. */
export const FAMILY_THINGS = { family_person: FamilyPerson, family_tracing: FamilyTracing } as const
export type FamilyThing = keyof typeof FAMILY_THINGS
