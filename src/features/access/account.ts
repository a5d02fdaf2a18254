import * as z from 'zod'
import { ROLES } from '../../core/access.ts'
import { OrganisationId, PersonId, TeamId } from '../../core/ids.ts'
import { Sector } from '../../core/part.ts'
import { words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** What a person signs in with: small letters, never her e-mail address as a key. */
export const Login = z
  .string()
  .max(80)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/))
/** Anything somebody may type where a name belongs: a wrong one is answered like an unknown one. */
export const TypedLogin = z
  .string()
  .max(200)
  .transform((text) => text.trim().toLowerCase())
export const Name = words(120).pipe(z.string().min(2))
export const Language = z.enum(['en', 'id', 'ms', 'fil', 'dv'])
/** A one-time link's secret: 256 bits as base64url. */
export const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** The number who vouches tells the person; empty where none was given. */
export const SpokenCode = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(/\D/g, ''))

export const FirstAdministrator = z.strictObject({
  token: Token,
  name: Name,
  login: Login,
  language: Language,
  office: Name,
  sector: Sector,
})
export const NewOrganisation = z.strictObject({
  id: OrganisationId,
  name: Name,
  sector: Sector,
  region: z.string().max(20).nullable(),
})
export const NewTeam = z.strictObject({ id: TeamId, orgId: OrganisationId, name: Name })
export const NewPerson = z.strictObject({
  id: PersonId,
  orgId: OrganisationId,
  name: Name,
  login: Login,
  role: z.enum(ROLES),
  language: Language,
})
export const RoleChange = z.strictObject({ id: z.uuid(), personId: PersonId, role: z.enum(ROLES) })
export const Membership = z.strictObject({
  id: z.uuid(),
  personId: PersonId,
  teamId: TeamId,
  supervises: z.boolean(),
})
export const MembershipEnd = z.strictObject({ personId: PersonId, teamId: TeamId })
export const Move = z.strictObject({ personId: PersonId, orgId: OrganisationId })
export const AccountEnd = z.strictObject({ id: z.uuid(), personId: PersonId })
export const RosterEntry = z.strictObject({
  id: z.uuid(),
  orgId: OrganisationId,
  personId: PersonId,
  fromOn: Day,
  untilOn: Day,
})
export const ForPerson = z.strictObject({ personId: PersonId })
export const Vouching = z.strictObject({ id: z.uuid(), personId: PersonId })
export const ById = z.strictObject({ id: z.uuid() })
export const Confirming = z.strictObject({ id: z.uuid(), confirm: z.boolean() })

/** What a browser answers about a passkey: checked by signature, so only its outline is checked here. */
const Bytes = z.string().max(20_000)
export const MadePasskey = z.strictObject({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.string().max(40).nullish(),
})
export const ProvedPasskey = z.strictObject({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes }),
  clientExtensionResults: z.looseObject({}),
  authenticatorAttachment: z.string().max(40).nullish(),
})
