import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Instant } from '../../core/time.ts'

export const AssociationId = z.uuid().brand<'AssociationId'>()

/** A code of a list that stays on the server: sealed, so that no column says what it is. */
const codes = z
  .array(
    z
      .string()
      .max(60)
      .regex(/^[a-z_]+$/)
      .meta({ class: 'C2' }),
  )
  .max(20)
  .meta({ class: 'C2' })

/**
 * What a child, or somebody for it, told of how it came to a group and what was made of it there. A fact that is added and
 * never changed; two accounts stand side by side. Everything is sealed but the moment, and there is no field for members,
 * places, weapons or what anybody believes.
 */
export const AssociationRecord = thing(
  {
    part: 'association',
    class: 'C1',
    keep: 'association',
    purpose: 'casework',
    fieldId: 62,
    table: 'association_record',
  },
  {
    id: AssociationId,
    caseId: CaseId,
    toldAt: Instant,
    corrects: AssociationId.nullable(),
    saidBy: z.enum(['child', 'family', 'authority', 'worker']).meta({ class: 'C2' }),
    circumstances: codes,
    /** Asked only where a service depends on it. */
    roles: codes,
    wayOut: z
      .string()
      .max(60)
      .regex(/^[a-z_]+$/)
      .nullable()
      .meta({ class: 'C2' }),
    childSays: words(4000).nullable(),
    /** What help follows from it; a need can also be written into the plan without any of this. */
    helpNeeded: words(4000).nullable(),
  },
)
export type AssociationRecord = {
  id: string
  caseId: string
  toldAt: Instant
  corrects: string | null
  saidBy: 'child' | 'family' | 'authority' | 'worker'
  circumstances: string[]
  roles: string[]
  wayOut: string | null
  childSays: string | null
  helpNeeded: string | null
}

/**
 * While authorities deal with a child, what it tells may be turned against it. Before anything is asked, a lawyer is there
 * for it, and the child has been told why it is asked and that it need not answer.
 */
export const AssociationReady = thing(
  {
    part: 'association',
    class: 'C1',
    keep: 'association',
    purpose: 'safeguarding',
    fieldId: 63,
    table: 'association_ready',
  },
  {
    id: z.uuid(),
    caseId: CaseId,
    toldAt: Instant,
    language: z.string().min(1).max(40).meta({ codeList: 'languages' }),
    lawyer: words(200),
    toldBy: words(120),
  },
)
export type AssociationReady = {
  id: string
  caseId: string
  toldAt: Instant
  language: string
  lawyer: string
  toldBy: string
}

/** The lists that only this part may use, by the field they belong to. */
export const LISTS = { circumstances: 'association_circumstance', roles: 'association_role' } as const
