import { randomBytes } from './random.ts'

const { subtle } = globalThis.crypto
type SubtleKey = Awaited<ReturnType<typeof subtle.importKey>>

// A ZIP of one stored file under AES-256 (the AE-2 form of the WinZip specification), which the usual tools for archives open.
// The format fixes PBKDF2 with 1,000 rounds of HMAC-SHA-1: what holds is the passphrase, so it is made here and never chosen.
const ROUNDS = 1000
const SALT = 16
const BLOCK = 16
const CODE = 10
const AES_256 = 3
const AES_METHOD = 99
/** Encrypted, and its name is UTF-8. */
const FLAGS = 0x0801
const VERSION = 51
/** Midnight of 1 January 1980: when a file was made is nobody's to learn from its envelope. */
const NO_DATE = 0x0021

/** One file under a passphrase as a ZIP archive. */
export async function zipUnder(passphrase: string, name: string, plain: Uint8Array): Promise<Uint8Array> {
  const salt = randomBytes(SALT)
  const { cipherKey, codeKey, check } = await keysOf(passphrase, salt)
  const hidden = await counted(cipherKey, plain)
  const code = new Uint8Array(await subtle.sign('HMAC', codeKey, hidden)).slice(0, CODE)
  const data = join(salt, check, hidden, code)
  const title = new TextEncoder().encode(name)
  const extra = fields([2, 0x9901], [2, 7], [2, 2], [1, 0x41], [1, 0x45], [1, AES_256], [2, 0])
  const about: Field[] = [
    [2, FLAGS],
    [2, AES_METHOD],
    [2, 0],
    [2, NO_DATE],
    [4, 0],
    [4, data.length],
    [4, plain.length],
  ]
  const lengths: Field[] = [
    [2, title.length],
    [2, extra.length],
  ]
  const local = join(fields([4, 0x04034b50], [2, VERSION], ...about, ...lengths), title, extra)
  const listed = join(
    fields([4, 0x02014b50], [2, VERSION], [2, VERSION], ...about, ...lengths, [2, 0], [2, 0], [2, 0], [4, 0], [4, 0]),
    title,
    extra,
  )
  const at = local.length + data.length
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, 1], [2, 1], [4, listed.length], [4, at], [2, 0])
  return join(local, data, listed, end)
}

async function keysOf(passphrase: string, salt: Uint8Array<ArrayBuffer>) {
  const words = await subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-1', salt, iterations: ROUNDS }
  const bytes = new Uint8Array(await subtle.deriveBits(how, words, 8 * 66))
  return {
    cipherKey: await subtle.importKey('raw', bytes.slice(0, 32), 'AES-CTR', false, ['encrypt']),
    codeKey: await subtle.importKey('raw', bytes.slice(32, 64), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']),
    check: bytes.slice(64, 66),
  }
}

/** The format counts from the low end, WebCrypto from the high one: each block is asked for with a counter of its own. */
async function counted(key: SubtleKey, plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const hidden = new Uint8Array(plain.length)
  const blocks = Math.ceil(plain.length / BLOCK)
  await Promise.all(
    Array.from({ length: blocks }, async (_, n) => {
      const counter = new Uint8Array(BLOCK)
      new DataView(counter.buffer).setUint32(0, n + 1, true)
      const block = plain.slice(n * BLOCK, (n + 1) * BLOCK)
      hidden.set(new Uint8Array(await subtle.encrypt({ name: 'AES-CTR', counter, length: 64 }, key, block)), n * BLOCK)
    }),
  )
  return hidden
}

type Field = readonly [bytes: 1 | 2 | 4, value: number]

/** Numbers one after the other, the low end first. */
function fields(...of: readonly Field[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(of.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of of)
    for (let n = 0; n < bytes; n += 1) {
      made[at] = Math.floor(value / 256 ** n) % 256
      at += 1
    }
  return made
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    made.set(part, at)
    at += part.length
  }
  return made
}
