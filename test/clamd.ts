import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CLAMD = '/usr/sbin/clamd'

/** The harmless text every scanner takes for a virus, in two halves so that none takes this file for one. */
export const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))

/** A real clamd that knows one signature, made by hand: no list is fetched for a test. Null where it is not installed. */
export async function aClamd(): Promise<{ at: string; stop: () => void } | null> {
  if (!existsSync(CLAMD)) return null
  const folder = mkdtempSync(join(tmpdir(), 'kembali-clamd-'))
  const socket = join(folder, 'clamd.ctl')
  writeFileSync(join(folder, 'own.ndb'), `Kembali.Test:0:*:${EICAR.toString('hex')}\n`)
  writeFileSync(
    join(folder, 'clamd.conf'),
    `DatabaseDirectory ${folder}\nLocalSocket ${socket}\nForeground yes\nStreamMaxLength 1M\n`,
  )
  const program = spawn(CLAMD, ['--config-file', join(folder, 'clamd.conf')], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    program.stdout.on('data', (text: Buffer) => text.includes('Self checking') && resolve())
    program.on('exit', () => reject(new Error('clamd ended')))
  })
  return { at: `unix:${socket}`, stop: () => void program.kill() }
}
