import type { ContactFacts, SafeguardAnswer } from './contact.ts'

/** Everything between two releases: what was owed in it is owed once, and what kept it counts for it alone. */
export type Custody = {
  /** Oldest first; only accounts that stand, and the release that ends it last. */
  contacts: ContactFacts[]
  /** Oldest first, each under the account that stands. */
  answers: SafeguardAnswer[]
  isOpen: boolean
}

/** The accounts that stand, oldest first: what a later contact corrects does not count. */
export function standingContacts(contacts: readonly ContactFacts[]): ContactFacts[] {
  const corrected = new Set(contacts.map((contact) => contact.corrects))
  return contacts.filter((contact) => !corrected.has(contact.id)).sort(byStart)
}

/** All contacts and answers of a case, by custody. */
export function custodiesOf(contacts: readonly ContactFacts[], answers: readonly SafeguardAnswer[]): Custody[] {
  const standing = standingContacts(contacts)
  const releases = standing.filter((contact) => contact.kind === 'release')
  const found: Custody[] = []
  const at = (index: number) => (found[index] ??= { contacts: [], answers: [], isOpen: index >= releases.length })
  const place = new Map(standing.map((contact) => [contact.id, custodyOf(contact, releases)]))
  for (const contact of standing) at(place.get(contact.id) ?? 0).contacts.push(contact)
  for (const answer of [...answers].sort(byAnswered)) {
    // An answer about an account that was corrected later is an answer about the account that stands.
    const contactId = standingId(answer.contactId, contacts)
    const index = place.get(contactId)
    if (index !== undefined) at(index).answers.push({ ...answer, contactId })
  }
  return found.filter((custody) => custody !== undefined)
}

/** Whether an authority holds the child now, as far as the file says: custody without a later release or handover. */
export function isHeld(contacts: readonly ContactFacts[]): boolean {
  const standing = standingContacts(contacts)
  const held = standing.filter(startsCustody).at(-1)
  if (held === undefined) return false
  return !standing.some(
    (contact) => (contact.kind === 'release' || contact.kind === 'handover') && contact.startedAt >= held.startedAt,
  )
}

/** How many interviews by any body stand in the file (safeguards.md, rule 3). */
export function interviewsOf(contacts: readonly ContactFacts[]): number {
  return standingContacts(contacts).filter((contact) => contact.kind === 'interview').length
}

function startsCustody(contact: ContactFacts): boolean {
  return contact.kind !== 'release' && (contact.detainedAt !== null || contact.firstCustodyAt !== null)
}

/** How many releases came before; a release belongs to the custody it ends, a new arrest in the same moment to the next. */
function custodyOf(contact: ContactFacts, releases: readonly ContactFacts[]): number {
  return releases.filter(
    (release) =>
      release.id !== contact.id &&
      (startsCustody(contact) ? release.startedAt <= contact.startedAt : release.startedAt < contact.startedAt),
  ).length
}

function standingId(id: string, contacts: readonly ContactFacts[]): string {
  const seen = new Set([id])
  let standing = id
  for (;;) {
    const correction = contacts.find((contact) => contact.corrects === standing && !seen.has(contact.id))
    if (correction === undefined) return standing
    standing = correction.id
    seen.add(standing)
  }
}

function byStart(a: ContactFacts, b: ContactFacts): number {
  return a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1
}

function byAnswered(a: SafeguardAnswer, b: SafeguardAnswer): number {
  return a.answeredAt < b.answeredAt ? -1 : a.answeredAt > b.answeredAt ? 1 : 0
}
