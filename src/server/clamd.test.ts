import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { aClamd, EICAR } from '../../test/clamd.ts'
import { clamd, isClamdPlace, ScannerDown } from './clamd.ts'
import { readConfig } from './config.ts'

const servers: Server[] = []
afterAll(() => servers.forEach((server) => server.close()))

/** A server that takes an INSTREAM as the protocol says, remembers what it was sent, and answers with one line. */
async function speaking(answer: string | ((bytes: Buffer) => string)): Promise<{ at: string; taken: () => Buffer }> {
  let taken: Buffer = Buffer.alloc(0)
  const server = createServer((socket: Socket) => {
    let heard: Buffer = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (some) => {
      heard = Buffer.concat([heard, some])
      const bytes = streamIn(heard)
      if (bytes === null) return
      taken = bytes
      socket.end(typeof answer === 'string' ? answer : answer(bytes))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  return { at: `127.0.0.1:${address.port}`, taken: () => taken }
}

/** The bytes of a whole stream; null while it is not whole. */
function streamIn(heard: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  if (heard.length < command.length) return null
  expect(heard.subarray(0, command.length).toString()).toBe(command)
  const pieces: Buffer[] = []
  let at = command.length
  while (at + 4 <= heard.length) {
    const size = heard.readUInt32BE(at)
    if (size === 0) return Buffer.concat(pieces)
    if (at + 4 + size > heard.length) return null
    pieces.push(heard.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return null
}

describe('a scanner that speaks INSTREAM', () => {
  test('is sent every byte, in pieces, and its word is heard', async () => {
    const file = Buffer.alloc(200_000, 'page ')
    const { at, taken } = await speaking('stream: OK\0')
    expect(await clamd(at)(file)).toBe('clean')
    expect(taken().equals(file)).toBe(true)
    const other = await speaking((bytes) =>
      bytes.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0',
    )
    expect(await clamd(other.at)(Buffer.concat([file, EICAR]))).toBe('infected')
    expect(await clamd(other.at)(file)).toBe('clean')
  })

  test.each([
    ['says that the file is too large for it', 'INSTREAM size limit exceeded. ERROR\0'],
    ['says something else', 'UNKNOWN COMMAND\0'],
    ['hangs up', ''],
    ['talks without end', 'stream: OK '.repeat(1000)],
  ])('and %s has said nothing about the file', async (_what, answer) => {
    const { at } = await speaking(answer)
    await expect(clamd(at)(Buffer.from('a page'))).rejects.toThrow(ScannerDown)
  })

  test('and is not there leaves the file waiting', async () => {
    await expect(clamd('127.0.0.1:1')(Buffer.from('a page'))).rejects.toThrow(ScannerDown)
    await expect(clamd('unix:/nowhere/clamd.ctl')(Buffer.from('a page'))).rejects.toThrow(ScannerDown)
  })
})

test('the setting names a socket or a port, and anything else stops the start', () => {
  expect(['unix:/run/clamav/clamd.ctl', 'localhost:3310', '[::1]:3310'].map(isClamdPlace)).toEqual([true, true, true])
  expect(['clamd', 'http://localhost:3310/', 'unix:', ''].map(isClamdPlace)).toEqual([false, false, false, false])
  expect(() => readConfig({ KEMBALI_CLAMD: 'somewhere' })).toThrow(/KEMBALI_CLAMD/)
})

test('a real clamd with one signature tells a harmful file from a clean one', async () => {
  const real = await aClamd()
  if (real === null) {
    console.warn('NOT RUN: there is no clamd here, so only the protocol was tested. Install clamav-daemon to run it.')
    return
  }
  const scan = clamd(real.at)
  expect(await scan(Buffer.alloc(300_000, 'page '))).toBe('clean')
  expect(await scan(Buffer.concat([Buffer.from('before '), EICAR]))).toBe('infected')
  // More than it was told to take: it says nothing about the file, which waits.
  await expect(scan(Buffer.alloc(2_000_000, 'page '))).rejects.toThrow(ScannerDown)
  real.stop()
}, 30_000)
