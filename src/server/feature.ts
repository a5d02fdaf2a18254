import type { Person } from '../core/access.ts'
import type { PublicPack } from '../core/country.ts'
import type { CaseCount, WorkCount } from '../core/office-work.ts'
import type { AnyRefusal, FieldConflict, OpDefinition } from '../core/op.ts'
import type { Part } from '../core/part.ts'
import type { SignatureDecision, SignedAct, ToSign } from '../core/second-signature.ts'
import type { Instant } from '../core/time.ts'
import type { Upgrades } from '../core/upgrade.ts'
import type { CaseCipher } from '../crypto/case-cipher.ts'
import type { Tx } from './as-person.ts'
import type { FactKind } from './facts.ts'
import type { App } from './http.ts'
import type { Apart } from './key-broker.ts'
import type { SaysDue } from './late-work.ts'
import type { Machine } from './machine.ts'
import type { MutableThing } from './mutable-rows.ts'

/** What a handler works with: the person, the moment, and keys opened only where the person may open them. */
export type OpContext = {
  me: Person
  opId: string
  device: string
  baseVersion: number | null
  /** Whether this server takes files: only where something looks at them, or in the demo. */
  takesFiles: boolean
  /** The moment of the act: claimed by the device, checked by the gate. */
  now: Instant
  pack: PublicPack
  /** Code lists that only part `association` may use. */
  restricted: Machine['restricted']
  /**
   * Opens the key of a part of the case for writing; throws NotAllowed when the person may not. An operation that needs
   * no more than to read a part opens its key for that: a supervisor's answer to what she may read and not change.
   */
  cipher: (part: Part) => Promise<CaseCipher>
  /** Opens the key of a part to read it; null where the person may not, or where it was never begun. */
  reads: (part: Part) => Promise<CaseCipher | null>
  /** The thing that merges by field and lies in this table. */
  mutable: (table: string) => MutableThing
  /** Seals words under a key of their own, for people who may not open this case. */
  sealApart: (fieldId: number, rowId: string, value: unknown) => Promise<Apart>
  /** The 12-bit bucket of a compound; only the holder of the match key can make it (security.md 2.6). */
  matchBucket: (text: string) => Promise<number>
  /** Puts all coded facts of one kind of the case in the place of those before; what is not among them is counted no more. */
  replaceFacts: (kind: FactKind, facts: readonly CodedFact[]) => Promise<void>
  /** Leaves the child of the case out of all figures, or counts it again, as its answers say. */
  leaveOut: () => Promise<void>
  /** What stands in the way of signing a request, as the feature of its act says; a no can always be given. */
  whyNotSign: (request: SignatureRequest) => Promise<AnyRefusal | null>
  /** Tells every feature that a second person has answered a request. */
  signed: (request: SignatureRequest, decision: SignatureDecision) => Promise<void>
}

/** What a second person is asked to sign: the act, and the row it is about. */
export type SignatureRequest = { id: string; act: SignedAct; caseId: string; aboutId: string; askedBy: string }

/** What a feature does in the moment of the answer, in the transaction of the person who gives it. */
export type OnSigned = (tx: Tx, request: SignatureRequest, decision: SignatureDecision, ctx: OpContext) => Promise<void>

/** What stands in the way of a yes to a request about this feature's own act, as a sentence; null where nothing does. */
export type WhyNotSign = (tx: Tx, request: SignatureRequest) => Promise<AnyRefusal | null>

/** A child somebody said is not safe now: an alias, who carries the case, and since when; never a reason. */
export type UnsafeChild = { caseId: string; alias: string; workerName: string | null; since: Instant }

/** That somebody did work in a case that weighs on whoever does it; never what. */
export type HeavyWork = { personId: string; caseId: string }

/** A coded fact for the figures: codes and days only, no identity; `thing` tells it from others of its case and never leaves. */
export type CodedFact = { thing: string; coded: Record<string, string | number | boolean | null>; dueOn: string | null }

/** What a handler did, for the operation log and the answer. */
export type Saved = {
  rowId: string
  part: Part
  version: number | null
  conflicts: FieldConflict[]
  settled: Record<string, string>
  /** What the operation set, as the log keeps it: codes in the clear, words sealed under the case's key. */
  logged: { clear: Record<string, unknown>; words: Record<string, unknown> }
}

export type OpHandler<Payload, Known, Change, Refusal extends AnyRefusal> = {
  op: OpDefinition<Payload, Known, Change, Refusal>
  /** Nothing it saves says who may do what with a case that is open: the next one in its transaction need not ask again. */
  leavesRights?: true
  /** The case an operation is about. */
  caseOf: (payload: Payload) => string
  /** What `decide` must know, read after the case is locked for this transaction. */
  load: (tx: Tx, payload: Payload, ctx: OpContext) => Promise<Known>
  save: (tx: Tx, change: Change, ctx: OpContext, known: Known) => Promise<Saved>
}

/** A handler whose types the gate need not know; made by `handle`, which checks that they fit together. */
export type AnyHandler = OpHandler<unknown, unknown, unknown, AnyRefusal>

export function handle<Payload, Known, Change, Refusal extends AnyRefusal>(
  handler: OpHandler<Payload, Known, Change, Refusal>,
): AnyHandler {
  // The four types meet inside one handler and nowhere else; the gate passes them through unopened.
  return handler as unknown as AnyHandler
}

/** One row as a device holds it. */
export type PackRow = {
  thing: string
  id: string
  caseId: string
  version: number | null
  whole: boolean
  fields: Record<string, unknown>
}

/** A fact as a store finds it for a card: whose it is, and what it says. */
type FoundFact = { id: string; caseId: string } & object

/** Reads facts of one kind, which never change, onto the cards of their cases; `fieldsOf` says what of them goes along. */
export function factReader<Fact extends FoundFact>(
  thing: string,
  part: PackPart,
  find: (tx: Tx, caseIds: string[], open: OpenPart) => Promise<readonly Fact[]>,
  fieldsOf: (fact: Fact) => Record<string, unknown> = (fact) => ({ ...fact }),
): PackReader {
  return {
    thing,
    part,
    async read(tx, caseIds, open) {
      const found = await find(tx, caseIds, open)
      return found.map((fact) => ({
        thing,
        id: fact.id,
        caseId: fact.caseId,
        version: null,
        whole: true,
        fields: fieldsOf(fact),
      }))
    },
  }
}

/** A reader whose rows say in these fields what is due. */
export function saysDue(reader: PackReader, ...names: string[]): PackReader {
  return { ...reader, due: (fields) => Object.fromEntries(names.map((name) => [name, fields[name]])) }
}

/** What a fact says without whose it is, where its row on the card says so already. */
export function withoutCase<Fact extends FoundFact>({ caseId: _case, ...fields }: Fact): Omit<Fact, 'caseId'> {
  return fields
}

/** The parts a device may ever hold (security.md 5); `device_pack` says the same in SQL. */
export type PackPart = Exclude<Part, 'association' | 'health' | 'sealed'>

/** A part that may go to a device, or a fault at the start: a reader of any other must not come to be. */
export function packPart(part: Part): PackPart {
  if (part === 'association' || part === 'health' || part === 'sealed')
    throw new Error(`${part} never goes to a device`)
  return part
}

/** Opens the part of one case for reading; null where this person may not read it, or it was never begun. */
export type OpenPart = (caseId: string) => Promise<CaseCipher | null>

/** Reads what a device may hold of one part of the given cases; called only for parts the person may read. */
export type PackReader = {
  thing: string
  part: PackPart
  /** Only of cases taken along on a visit, not on every card. */
  visit?: boolean
  /** Other things whose operations change these rows as well. */
  follows?: readonly string[]
  read: (tx: Tx, caseIds: string[], open: OpenPart, device: string) => Promise<PackRow[]>
  /** What of a row, as codes and moments, says what is due of its case; without it the row says nothing of that (decision 0047). */
  due?: (fields: PackRow['fields']) => PackRow['fields']
  /** The cases whose rows something other than an operation has changed between two transactions. */
  stirred?: (tx: Tx, caseIds: string[], since: string, horizon: string) => Promise<string[]>
}

export type Job = {
  name: string
  everySeconds: number
  /** It speaks to other computers, which may be slow: the start does not wait for its first run. */
  outside?: true
  run: (machine: Machine, now: Instant) => Promise<number>
}

/** The parts list of a feature: everything the server needs to know of it. */
export type FeatureDefinition = {
  name: string
  ops: AnyHandler[]
  /** How its operations of older phones are said today. */
  upgrades?: Upgrades
  /** What merges field by field here, so that a difference between two people can be settled. */
  mutable?: readonly MutableThing[]
  packs: PackReader[]
  /** What is due of some cases, for the counts of a supervisor's day and lists. */
  due?: SaysDue
  /** The children of the teams a person supervises who are said not to be safe now. */
  unsafe?: (tx: Tx, me: Person) => Promise<UnsafeChild[]>
  /** What waits for this person's signature and is kept by this feature. */
  toSign?: (tx: Tx, me: Person) => Promise<ToSign[]>
  /** What stands in the way of signing what was asked here. */
  whyNotSign?: { [act in SignedAct]?: WhyNotSign }
  /** What follows here from a second person's answer. */
  signed?: { [act in SignedAct]?: OnSigned }
  /** What each case of the teams a person supervises had in a time, for the office's own monthly figures. */
  month?: (tx: Tx, me: Person, time: { from: Instant; to: Instant }) => Promise<CaseCount[]>
  /** How much of each kind of work the workers of the teams have that a person supervises. */
  load?: (tx: Tx, me: Person) => Promise<WorkCount[]>
  /** In which cases work was done since a moment that weighs on whoever does it, as far as the asker may read them: rows alone, no file is opened. */
  heavy?: (tx: Tx, since: Instant) => Promise<HeavyWork[]>
  routes: (app: App, machine: Machine) => void
  jobs: Job[]
  /** Lines to print at the start, for instance the first administrator's link. Keys may be sealed; the owner's connection is there for the last time. */
  onStart?: (machine: Machine) => Promise<string[]>
}
