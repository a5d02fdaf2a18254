import { chmodSync, existsSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import * as z from 'zod'
import { StartError } from './config.ts'

/** What an operator asks of the running server: one line of JSON over a socket that only the server's own user can open. */
export const OperatorRequest = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('unseal'), passphrase: z.string().max(400) }),
  z.strictObject({
    command: z.literal('unseal_with_sheet'),
    sheet: z.string().max(200),
    newPassphrase: z.string().max(400),
  }),
  z.strictObject({ command: z.literal('status') }),
  z.strictObject({ command: z.literal('lockdown') }),
  z.strictObject({
    command: z.literal('import_cases'),
    file: z.base64(),
    mapping: z.string().max(100_000).nullable(),
    write: z.boolean(),
    as: z.string().max(100).nullable(),
    word: z.string().max(200).nullable(),
  }),
])
export type OperatorRequest = z.infer<typeof OperatorRequest>

export const OperatorReply = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('unsealed') }),
  z.strictObject({ answer: z.literal('refused') }),
  z.strictObject({ answer: z.literal('mistyped'), groups: z.array(z.int()) }),
  z.strictObject({ answer: z.literal('weak_passphrase'), reason: z.string() }),
  z.strictObject({ answer: z.literal('sheet_not_confirmed') }),
  z.strictObject({ answer: z.literal('ledger_unavailable') }),
  z.strictObject({ answer: z.literal('locked_down'), sessions: z.int() }),
  z.strictObject({ answer: z.literal('sealed_only') }),
  z.strictObject({ answer: z.literal('failed') }),
  z.strictObject({ answer: z.literal('not_imported'), sentence: z.string() }),
  z.strictObject({
    answer: z.literal('imported'),
    written: z.boolean(),
    rows: z.int(),
    made: z.int(),
    there: z.int(),
    wouldMake: z.int(),
    faults: z.array(z.strictObject({ row: z.int(), column: z.string(), sentence: z.string() })),
  }),
  z.strictObject({
    answer: z.literal('status'),
    keys: z.enum(['ok', 'sealed', 'unreachable']),
    database: z.enum(['ok', 'unreachable']),
    pilot: z.array(z.string()),
  }),
])
export type OperatorReply = z.infer<typeof OperatorReply>

const LONGEST_REQUEST = 4096
/** A list of 20,000 rows, as text. */
const LONGEST_LIST = 32 * 1024 * 1024
const IS_LIST = '{"command":"import_cases"'
/** What a Unix socket's address can hold on every system we run on. */
const LONGEST_PATH = 103

/** Listens in the data folder; answers how to stop. */
export function listenForOperator(
  dataFolder: string,
  answer: (request: OperatorRequest) => Promise<OperatorReply>,
): Promise<() => Promise<void>> {
  const path = socketPath(dataFolder)
  rmSync(path, { force: true }) // left behind by a server that was killed; this folder is ours alone
  const server = createServer((socket) => void serveOne(socket, answer))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve(() => new Promise((closed) => server.close(() => closed())))
    })
  })
}

/** Asks the server of this data folder; null when none is running. */
export async function askServer(dataFolder: string, request: OperatorRequest): Promise<OperatorReply | null> {
  const path = socketPath(dataFolder)
  if (!existsSync(path)) return null
  const line = await new Promise<string | null>((resolve, reject) => {
    const socket = connect(path)
    let heard = ''
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`))
    socket.on('data', (text: string) => (heard += text))
    socket.on('end', () => resolve(heard))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error),
    )
  })
  return line === null ? null : OperatorReply.parse(JSON.parse(line))
}

async function serveOne(socket: Socket, answer: (request: OperatorRequest) => Promise<OperatorReply>): Promise<void> {
  socket.on('error', () => undefined) // the operator has gone
  socket.setTimeout(600_000, () => socket.destroy())
  const line = await firstLine(socket)
  const request = line === null ? null : OperatorRequest.safeParse(parsed(line))
  const reply: OperatorReply = request?.success === true ? await answer(request.data).catch(() => FAILED) : FAILED
  socket.end(`${JSON.stringify(reply)}\n`)
}

const FAILED: OperatorReply = { answer: 'failed' }

function firstLine(socket: Socket): Promise<string | null> {
  socket.setEncoding('utf8')
  return new Promise((resolve) => {
    let heard = ''
    socket.on('data', (text: string) => {
      const end = text.indexOf('\n')
      if (end >= 0) return resolve(heard + text.slice(0, end))
      heard += text
      if (heard.length > (heard.startsWith(IS_LIST) ? LONGEST_LIST : LONGEST_REQUEST)) resolve(null)
    })
    socket.on('close', () => resolve(null))
    socket.on('end', () => resolve(null))
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function socketPath(dataFolder: string): string {
  const path = join(dataFolder, 'operator.sock')
  if (Buffer.byteLength(path) > LONGEST_PATH)
    throw new StartError(
      `The data folder's path is too long for the operator's socket: at most ${LONGEST_PATH - 14} signs.`,
    )
  return path
}
