import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../postgres.ts'
import { type Program, startProgram } from '../security/program.ts'

/** The demo as a newcomer starts it: the built program on a folder of its own, which can be stopped and started again. */
export type Demo = {
  url: string
  stop: () => Promise<void>
  start: () => Promise<void>
  /** One statement as the owner of the database, to look behind the program. */
  rows: (text: string) => Promise<Record<string, unknown>[]>
  end: () => Promise<void>
}

/** Starts the built program with the demo's story; `npm run build` must have made the web app. */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'kembali-browser-'))
  const port = await freePort()
  const begin = () =>
    startProgram({ KEMBALI_DATA: join(folder, 'data'), KEMBALI_LOG: 'warn' }, port, join(folder, 'program.log'))
  let program: Program = await begin()
  return {
    // By name, as a person would: browsers treat it as a safe origin, and the service worker needs one.
    url: `http://localhost:${port}`,
    stop: () => program.kill('SIGTERM'),
    start: async () => {
      program = await begin()
    },
    rows: (text) => program.ask({ role: 'k_owner', text, params: [], token: null }),
    end: async () => {
      await program.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
