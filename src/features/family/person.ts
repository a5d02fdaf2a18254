import * as z from 'zod'
import { thing, words } from '../../core/schema.ts'

/** What somebody is for a child beside being related: several at once, or none. */
export const PersonRole = z.enum(['caregiver', 'trusted_adult', 'guardian', 'interpreter', 'lawyer', 'emergency'])
export type PersonRole = z.infer<typeof PersonRole>

/** Whether anybody may call: a wrong call can tell a household more than a child has told it. */
export const MayBeCalled = z.enum(['any_time', 'at_times', 'through_child', 'never'])
export type MayBeCalled = z.infer<typeof MayBeCalled>

/** Somebody in a child's life, as the child and the worker call her; no field takes what she believes or is said to have done. */
export const FamilyPerson = thing(
  { part: 'family', class: 'C1', keep: 'family', purpose: 'casework', fieldId: 85, table: 'family_person' },
  {
    state: z.enum(['now', 'before']),
    relation: z.string().min(1).max(40).meta({ codeList: 'family_relationship' }),
    roles: z.array(PersonRole).max(6),
    inHousehold: z.boolean(),
    mayBeCalled: MayBeCalled,
    language: z.string().max(40).nullable().meta({ codeList: 'languages' }),
    callName: words(80),
    phone: z
      .string()
      .max(24)
      .regex(/^\+?[\d ]{2,24}$/)
      .nullable()
      .meta({ class: 'C2' }),
    /** When, and what to say when somebody else answers. */
    calledWhen: words(300).nullable(),
    about: words(1000).nullable(),
  },
)
export type FamilyPerson = {
  state: 'now' | 'before'
  relation: string
  roles: PersonRole[]
  inHousehold: boolean
  mayBeCalled: MayBeCalled
  language: string | null
  callName: string
  phone: string | null
  calledWhen: string | null
  about: string | null
}

/** Whether a button may stand beside a name: there is a number, and a call does no harm. */
export function canBeCalled({
  phone,
  mayBeCalled,
  state,
}: Pick<FamilyPerson, 'phone' | 'mayBeCalled' | 'state'>): boolean {
  return state === 'now' && phone !== null && (mayBeCalled === 'any_time' || mayBeCalled === 'at_times')
}
