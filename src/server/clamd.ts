import { connect, type Socket } from 'node:net'

/** Nobody could say whether there is something in the file: it waits, and is asked about again. */
export class ScannerDown extends Error {}

/** Looks for what does harm in a file; throws ScannerDown when it cannot be asked. */
export type Scanner = (bytes: Uint8Array) => Promise<'clean' | 'infected'>

const PATIENCE_MS = 30_000
/** Pieces of the stream: clamd takes any size up to its own limit for the whole. */
const PIECE = 64 * 1024
/** clamd answers a line; anything longer is not clamd. */
const LONGEST_ANSWER = 4096

/**
 * A client of clamd's INSTREAM command: the bytes go over the socket in pieces, each behind its length, and a length of zero
 * ends them. clamd keeps nothing of them. `at` is `unix:/path` or `host:port`.
 */
export function clamd(at: string): Scanner {
  return async (bytes) => {
    const answer = await ask(at, bytes)
    if (/^stream: OK$/.test(answer)) return 'clean'
    if (/^stream: .+ FOUND$/.test(answer)) return 'infected'
    // Its size limit, a database that is being loaded, or somebody else's server: no answer about this file.
    throw new ScannerDown()
  }
}

/** Whether a setting names a place where clamd can listen. */
export function isClamdPlace(at: string): boolean {
  return /^unix:\/.+$/.test(at) || /^[\w.-]+:\d{1,5}$/.test(at) || /^\[[0-9a-f:]+\]:\d{1,5}$/i.test(at)
}

function ask(at: string, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = open(at)
    let heard = ''
    const down = () => {
      socket.destroy()
      reject(new ScannerDown())
    }
    socket.setTimeout(PATIENCE_MS, down)
    socket.setEncoding('utf8')
    socket.on('error', down)
    socket.on('data', (text: string) => {
      heard += text
      if (heard.length > LONGEST_ANSWER) down()
    })
    socket.on('end', () => {
      resolve(heard.replace(/\0.*$/s, '').trim())
      socket.destroy()
    })
    socket.on('connect', () => send(socket, bytes))
  })
}

function open(at: string): Socket {
  if (at.startsWith('unix:')) return connect({ path: at.slice('unix:'.length) })
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(at) ?? []
  return connect({ host, port: Number(port) })
}

function send(socket: Socket, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0')
  for (let start = 0; start < bytes.length; start += PIECE) {
    const piece = bytes.subarray(start, start + PIECE)
    socket.write(lengthOf(piece.length))
    socket.write(piece)
  }
  socket.write(lengthOf(0))
}

function lengthOf(size: number): Uint8Array {
  const four = new Uint8Array(4)
  new DataView(four.buffer).setUint32(0, size)
  return four
}
