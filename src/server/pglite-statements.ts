import { type PGlite, protocol, types } from '@electric-sql/pglite'
import { fromDatabase } from './database-types.ts'

/** What a statement answered: its rows as objects, and how many rows it touched. */
export type Answered = { command: string; rowCount: number; rows: Record<string, unknown>[] }

/** A statement that the database has parsed: its name there, and the types of what goes in and comes out. */
type Prepared = { name: string; takes: readonly number[]; gives: readonly Column[] }
type Column = { name: string; read: (text: string) => unknown }
type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number]

/** As many as one login's screens and operations have, and room for those whose text depends on how many values they take. */
const KEPT_AT_MOST = 400

const { serialize } = protocol
const BYTES = 17

/**
 * Statements that PGlite parses and plans once, not each time: policies make planning the dearer half of a statement, and each
 * message to PGlite is a journey into WebAssembly and back. Here a statement is one journey once it is known.
 */
export class Statements {
  readonly #lite: PGlite
  readonly #named: string
  readonly #kept = new Map<string, Prepared>()
  #made = 0

  constructor(lite: PGlite, named: string) {
    this.#lite = lite
    this.#named = named
  }

  async run(text: string, values: readonly unknown[], before: readonly string[] = []): Promise<Answered> {
    const first = before.map((one) => serialize.query(one))
    const known = this.#kept.get(text)
    const prepared = known ?? (await this.#prepare(text, first))
    // The one used last is the last to go.
    this.#kept.delete(text)
    this.#kept.set(text, prepared)
    const messages = await this.#send([
      ...(prepared === known ? first : []),
      serialize.bind({
        statement: prepared.name,
        values: values.map((value, at) => this.#written(value, prepared.takes[at])),
      }),
      serialize.execute({}),
      serialize.sync(),
    ]).catch((error: unknown) => {
      // A table was changed since: what it gives is asked once more.
      if (error instanceof Error && 'code' in error && error.code === '0A000') this.#kept.delete(text)
      throw error
    })
    return answerOf(messages, prepared.gives)
  }

  /** Statements without values, for which nothing is kept. */
  async script(text: string): Promise<void> {
    await this.#lite.execProtocolStream(serialize.query(text), { syncToFs: true })
  }

  async #prepare(text: string, before: readonly Uint8Array[]): Promise<Prepared> {
    const name = `${this.#named}_${(this.#made += 1)}`
    const messages = await this.#send([
      ...before,
      ...this.#oneTooMany().map((of) => serialize.close({ type: 'S', name: of })),
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ])
    return { name, takes: takenBy(messages), gives: this.#givenBy(messages) }
  }

  #oneTooMany(): string[] {
    if (this.#kept.size < KEPT_AT_MOST) return []
    const [oldest] = this.#kept
    if (oldest === undefined) return []
    this.#kept.delete(oldest[0])
    return [oldest[1].name]
  }

  #send(parts: readonly Uint8Array[]): Promise<Message[]> {
    return this.#lite.execProtocolStream(Buffer.concat(parts), { syncToFs: false })
  }

  #written(value: unknown, type: number | undefined): Uint8Array | string | null {
    if (value === null || value === undefined) return null
    if (type === BYTES && value instanceof Uint8Array) return value
    const write = type === undefined ? undefined : this.#lite.serializers[type]
    return write === undefined ? `${value as string | number | boolean}` : write(value)
  }

  #givenBy(messages: readonly Message[]): Column[] {
    const found = messages.find((one): one is RowDescription => one.name === 'rowDescription')
    return (found?.fields ?? []).map(({ name, dataTypeID }) => {
      const own = dataTypeID === BYTES ? bytesOf : fromDatabase[dataTypeID]
      const { parsers } = this.#lite
      return { name, read: own ?? ((text) => types.parseType(text, dataTypeID, parsers)) }
    })
  }
}

type RowDescription = Message & InstanceType<typeof protocol.messages.RowDescriptionMessage>
type DataRow = Message & InstanceType<typeof protocol.messages.DataRowMessage>
type Parameters = Message & InstanceType<typeof protocol.messages.ParameterDescriptionMessage>
type Complete = Message & InstanceType<typeof protocol.messages.CommandCompleteMessage>

/** Bytes come as text, two letters each after `\\x`. */
function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

function takenBy(messages: readonly Message[]): readonly number[] {
  return messages.find((one): one is Parameters => one.name === 'parameterDescription')?.dataTypeIDs ?? []
}

function answerOf(messages: readonly Message[], columns: readonly Column[]): Answered {
  const rows = messages
    .filter((one): one is DataRow => one.name === 'dataRow')
    .map(({ fields }) => {
      const row: Record<string, unknown> = {}
      columns.forEach(({ name, read }, at) => {
        const text = fields[at] ?? null
        row[name] = text === null ? null : read(text)
      })
      return row
    })
  // `INSERT 0 1`, `UPDATE 3`, `SELECT 2`: the last of several is our statement's.
  const done = messages.findLast((one): one is Complete => one.name === 'commandComplete')
  const words = (done?.text ?? '').split(' ')
  return { command: words[0] ?? '', rowCount: Number(words.at(-1)) || 0, rows }
}
