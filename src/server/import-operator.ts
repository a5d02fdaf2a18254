import { sql } from 'kysely'
import { parse } from 'yaml'
import { sha256 } from '../crypto/hash.ts'
import { newId, newToken } from '../crypto/random.ts'
import { asPerson, NotSignedIn } from './as-person.ts'
import type { OperatorReply, OperatorRequest } from './control-socket.ts'
import { importCases } from './import-cases.ts'
import { ImportMapping } from './import-mapping.ts'
import type { Machine } from './machine.ts'

/** Whose session an import runs in: in the demo one of its people by her login, everywhere else whoever made the word. */
export type Importers = { mapping: ImportMapping; demoSession: (login: string) => Promise<string | null> }

type Request = Extract<OperatorRequest, { command: 'import_cases' }>

/** Takes a list in as a person, in a session of its own that ends with the run. */
export async function importAsPerson(machine: Machine, importers: Importers, request: Request): Promise<OperatorReply> {
  const mapping = request.mapping === null ? importers.mapping : mappingOf(request.mapping)
  if (typeof mapping === 'string') return no(mapping)
  const sid = await sessionOf(machine, importers, request)
  if (sid === null) return no(request.as === null ? WORD_NOT_GOOD : NO_SUCH_PERSON)
  try {
    await note(machine, sid, request.write)
    const done = await importCases(machine, sid, Buffer.from(request.file, 'base64'), mapping, request.write)
    await asPerson(machine.db, sid, null, (tx) => sql`select kembali.session_end()`.execute(tx))
    return typeof done === 'string' ? no(done) : { answer: 'imported', written: request.write, ...done }
  } catch (error) {
    if (!(error instanceof NotSignedIn)) throw error
    return no(
      'Her account or this session was ended meanwhile. What was made until then stays; run the rest as somebody else.',
    )
  }
}

const WORD_NOT_GOOD =
  'An import runs as a person. Ask her for the word she makes under More, "Take in a list of cases"; each is good for one run within 15 minutes.'
const NO_SUCH_PERSON = "There is nobody of this name among the demo's people; outside the demo nobody is imported as."

const no = (sentence: string): OperatorReply => ({ answer: 'not_imported', sentence })

async function sessionOf(machine: Machine, importers: Importers, { as, word }: Request): Promise<string | null> {
  if (as !== null) return machine.config.mode === 'demo' ? inDemo(machine, await importers.demoSession(as)) : null
  const [said, token] = [(word ?? '').trim().toLowerCase().replaceAll(/\s+/g, ' '), newToken()]
  const found = await machine.db.app
    .transaction()
    .execute((tx) =>
      sql<{ used: boolean }>`select kembali.import_word_use(${sha256(said)}, ${sha256(token)}) as used`.execute(tx),
    )
  return found.rows[0]?.used === true ? token : null
}

/** A session of the demo says that it is for an import, as one that a word began says by itself. */
async function inDemo(machine: Machine, sid: string | null): Promise<string | null> {
  if (sid !== null) await asPerson(machine.db, sid, null, (tx) => sql`select kembali.import_in_demo()`.execute(tx))
  return sid
}

/** The ledger tells who looked a list over, and who took one in. */
async function note(machine: Machine, sid: string, write: boolean): Promise<void> {
  const action = write ? 'import.begun' : 'import.looked_over'
  await asPerson(machine.db, sid, null, (tx) =>
    sql`select kembali.audit_append(${action}, null, null, null, null, 'done', 1, ${newId()}, null)`.execute(tx),
  )
}

function mappingOf(text: string): ImportMapping | string {
  try {
    const found = ImportMapping.safeParse(parse(text))
    if (found.success) return found.data
    const [issue] = found.error.issues
    return `The mapping file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not what is expected'}.`
  } catch {
    return 'The mapping file is no YAML.'
  }
}
