import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newId, newOpId } from '../../src/crypto/random.ts'
import { freePort } from '../postgres.ts'
import { buildProgram, type Program, startProgram } from '../security/program.ts'
import { WRITE } from '../running-app.ts'
import { startMailServer } from '../smtp.ts'

// The built program with a real mail server beside it, and the power cut in the worst moments.
buildProgram()
const folder = mkdtempSync(join(tmpdir(), 'kembali-notices-'))
const logFile = join(folder, 'program.log')
const [port, mailPort] = [await freePort(), await freePort()]
const base = `http://127.0.0.1:${port}`
let program: Program | null = null
afterAll(async () => {
  await program?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

async function start(): Promise<Program> {
  program = await startProgram(
    {
      KEMBALI_DATA: join(folder, 'data'),
      KEMBALI_SMTP: `smtp://127.0.0.1:${mailPort}`,
      KEMBALI_SMTP_FROM: 'kembali@office.example',
      KEMBALI_SMTP_TLS: 'off',
    },
    port,
    logFile,
  )
  return program
}

async function signIn(name: RegExp) {
  const { people } = (await (await fetch(`${base}/api/sign-in/demo-people`)).json()) as {
    people: { id: string; name: string }[]
  }
  const person = people.find((one) => name.test(one.name))
  const answer = await fetch(`${base}/api/sign-in/demo`, {
    method: 'POST',
    headers: WRITE,
    body: JSON.stringify({ personId: person?.id }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (path: string, body: object) =>
    fetch(`${base}${path}`, { method: 'POST', headers: { ...WRITE, cookie }, body: JSON.stringify(body) })
}

const asOwner = (on: Program, text: string) => on.ask({ role: 'k_owner', text, params: [], token: null })

/** Asks until it is so: what the program does by itself it does in its own time. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const since = performance.now()
  while (!(await isSo())) {
    if (performance.now() - since > 90_000) throw new Error(`it never came: ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a notice reaches a supervisor exactly once over a kill, and one cut off under way comes again as the same message', async () => {
  let on = await start()
  // In the middle of the night it would wait for the morning.
  await on.ask({
    script: `insert into test_clock (offset_ms)
      select extract(epoch from (date_trunc('day', now()) + interval '1 day 2 hours' - now())) * 1000`,
  })
  let mail = await startMailServer('takes', mailPort)
  const supervisor = await signIn(/Ratna/)
  const worker = await signIn(/Sari/)
  expect((await supervisor('/api/my/notices/mail', { address: 'ratna@mail.example', language: 'id' })).status).toBe(200)
  await mail.settled()
  const code = /\b\d{6}\b/.exec(mail.taken[0]?.text ?? '')?.[0]
  expect((await supervisor('/api/my/notices/mail/confirm', { code })).status).toBe(200)
  await mail.stop()
  const [child] = await asOwner(
    on,
    `select c.id from child_case c join app_user u on u.id = c.worker_id where u.name like 'Sari%' and c.state = 'open' limit 1`,
  )
  async function ask(): Promise<void> {
    const op = {
      opId: newOpId(),
      device: newId(),
      seq: 1,
      type: 'work.ask',
      baseVersion: null,
      payload: { id: newId(), caseId: child?.id, answers: null, forWhom: 'supervisor', words: 'Who has the key?' },
      claimedAt: new Date().toISOString(),
    }
    const answer = (await (await worker('/api/operations', { operations: [op] })).json()) as {
      answers: { answer: string }[]
    } // our own schema
    expect(answer.answers.map((one) => one.answer)).toEqual(['accepted'])
  }

  // The row that must leave is written with the question itself; the power goes before anybody could take it.
  await ask()
  await asOwner(on, 'update notice_out set run_at = kembali.now(), tries = 0')
  await on.kill('SIGKILL')
  mail = await startMailServer('takes', mailPort)
  on = await start()
  await until(async () => (await outcomes(on)).includes('sent'))
  await mail.settled()
  expect(mail.taken).toHaveLength(1)
  await mail.stop()

  // Killed while the mail server has the whole message and has not said so. Its lease is over when the power is back.
  mail = await startMailServer('hangs', mailPort)
  await ask()
  await until(() => mail.taken.length > 0)
  await asOwner(on, 'update notice_out set run_at = kembali.now() where ended_at is null')
  await on.kill('SIGKILL')
  const [cutOff] = mail.taken
  await mail.stop()
  mail = await startMailServer('takes', mailPort)
  on = await start()
  await until(async () => (await outcomes(on)).every((one) => one === 'sent'))
  await mail.settled()
  expect(mail.taken.map(({ id }) => id)).toEqual([cutOff?.id])
  await mail.stop()
  expect(readFileSync(logFile, 'utf8')).not.toContain('mail.example')
}, 400_000)

async function outcomes(on: Program): Promise<unknown[]> {
  return (await asOwner(on, 'select outcome from notice_out order by made_at')).map(({ outcome }) => outcome)
}
