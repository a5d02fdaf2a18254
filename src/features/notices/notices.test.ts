import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../../core/time.ts'
import { newId } from '../../crypto/random.ts'
import { wordsIn } from '../../server/catalogues.ts'
import { freshMachine } from '../../../test/db.ts'
import { aCase, anOffice, anOp, aPerson, asOwner, ownerRows, send, type Somebody } from '../../../test/people.ts'
import { aBrowserOf, type PushService, startPushService } from '../../../test/push-stand-in.ts'
import { appOf, ask } from '../../../test/running-app.ts'
import { type MailServer, startMailServer } from '../../../test/smtp.ts'
import { startSession } from '../access/store.ts'
import { sendNotices } from './jobs.ts'
import { ATTEMPTS, sayNotice, SENTENCES } from './notice.ts'

// A real mail server as its own process, and an HTTPS server of this test in the place of a browser's push service.
const mailServer: MailServer = await startMailServer()
const push: PushService = await startPushService()
const { app, machine, log } = appOf(
  await freshMachine({
    mail: { host: '127.0.0.1', port: mailServer.port, tls: 'none', login: null, from: 'kembali@office.example' },
    push: { contact: 'mailto:operator@office.example', hosts: [push.host] },
  }),
)
afterAll(async () => {
  await mailServer.stop()
  await push.stop()
})

const post = (by: Somebody, path: string, body: object = {}) =>
  ask(app, by, 'POST', `/api/my/notices${path}`, { body: JSON.stringify(body) })
const outgoing = (by: Somebody) =>
  ownerRows(
    machine,
    `select way, source, stage, outcome, tries from notice_out where person_id = '${by.id}' order by made_at, way`,
  )
const run = async () => {
  await sendNotices.run(machine, await moment())
  if (isMailThere) await mailServer.settled()
}
let isMailThere = true

/** The clock of the database, ten in the morning in the country, and so many hours on. */
async function moveClock(hours: number): Promise<void> {
  await asOwner(
    machine,
    `insert into test_clock (offset_ms) values (0) on conflict do nothing;
     update test_clock set offset_ms = extract(epoch from (date_trunc('day', now()) + interval '1 day 2 hours' - now())) * 1000 + ${hours} * 3600000`,
  )
}

async function moment(): Promise<Instant> {
  const [row] = await ownerRows(machine, 'select kembali.now() as now')
  return row?.now as Instant // the database's own moment
}

/** A supervisor and a worker of one office, the supervisor's address proved by the number that went there. */
async function anOfficeWithMail(language = 'en') {
  const office = await anOffice(machine)
  const [worker, supervisor] = [
    await aPerson(machine, office, 'case_worker'),
    await aPerson(machine, office, 'supervisor'),
  ]
  const address = `${newId()}@mail.example`
  expect((await post(supervisor, '/mail', { address, language })).status).toBe(200)
  const code = await numberTo(address)
  expect((await post(supervisor, '/mail/confirm', { code })).status).toBe(200)
  return { worker, supervisor, address, caseId: await aCase(machine, worker) }
}

const mailsTo = (address: string) => mailServer.taken.filter(({ to }) => to.includes(address))
async function numberTo(address: string): Promise<string> {
  await mailServer.settled()
  return /\b\d{6}\b/.exec(mailsTo(address)[0]?.text ?? '')?.[0] ?? ''
}
const noticesTo = (address: string) => mailsTo(address).slice(1) // the first was the number

function askQuestion(by: Somebody, caseId: string, forWhom = 'supervisor', id = newId()) {
  return send(
    machine,
    by,
    anOp(by, 'work.ask', {
      id,
      caseId,
      answers: null,
      forWhom,
      words: 'Does Adi Pranata of Teluk sleep at the shelter?',
    }),
  ).then(([answer]) => {
    expect(answer?.answer).toBe('accepted')
    return id
  })
}

beforeAll(() => moveClock(0))

describe('an e-mail address', () => {
  test('hears nothing before its owner has typed back the number that went there', async () => {
    const office = await anOffice(machine)
    const [worker, supervisor] = [
      await aPerson(machine, office, 'case_worker'),
      await aPerson(machine, office, 'supervisor'),
    ]
    const address = `${newId()}@mail.example`
    await post(supervisor, '/mail', { address, language: 'en' })
    const caseId = await aCase(machine, worker)
    await askQuestion(worker, caseId)
    await run()
    expect(noticesTo(address)).toEqual([])
    const { json } = await ask(app, supervisor, 'GET', '/api/my/notices')
    expect(json.mail).toEqual({ offered: true, address, isConfirmed: false })
  })

  test('is not proved by guessing: five tries, then the right number is refused too', async () => {
    const person = await aPerson(machine, await anOffice(machine), 'case_worker')
    const address = `${newId()}@mail.example`
    await post(person, '/mail', { address, language: 'en' })
    const code = await numberTo(address)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 5; tries += 1)
      expect((await post(person, '/mail/confirm', { code: wrong })).json.error).toBe('wrong_number')
    expect((await post(person, '/mail/confirm', { code })).json.error).toBe('wrong_number')
  })

  test('that is none, or that would bring a line of its own, is refused', async () => {
    const person = await aPerson(machine, await anOffice(machine), 'case_worker')
    for (const address of ['not an address', 'a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example'])
      expect((await post(person, '/mail', { address, language: 'en' })).status).toBe(400)
  })
})

describe('a notice by e-mail', () => {
  test('is one fixed sentence, once: no name, alias, place, kind of work or id, in any part of the message', async () => {
    const { worker, supervisor, address, caseId } = await anOfficeWithMail()
    await askQuestion(worker, caseId)
    await run()
    await run()
    const [mail, ...more] = noticesTo(address)
    expect(more).toEqual([])
    const words = wordsIn('en')
    expect(mail?.text.replaceAll(/\s+/g, ' ')).toBe(`${words('notices.say.waits')} ${words('notices.mail_foot')}`)
    expect(mail?.subject).toBe(words('notices.subject'))
    const [child] = await ownerRows(machine, `select alias from child_case where id = '${caseId}'`)
    for (const secret of ['Adi', 'Teluk', String(child?.alias), caseId, supervisor.id, worker.id, 'http', 'question'])
      expect(mail?.raw.toLowerCase()).not.toContain(secret.toLowerCase())
    expect(await outgoing(supervisor)).toMatchObject([{ outcome: 'sent', tries: 1 }])
  })

  test.each(['id', 'ms', 'fil', 'dv'])(
    'comes in her language (%s), with the moment of her country',
    async (language) => {
      const { worker, supervisor, address, caseId } = await anOfficeWithMail(language)
      await send(machine, worker, anOp(worker, 'justice.ask_without_victim', { id: newId(), caseId, why: 'Why' }))
      await run()
      const [row] = await ownerRows(machine, `select due_at from second_signature where case_id = '${caseId}'`)
      const dueAt = row?.due_at as Instant // the database's own moment
      const said = sayNotice({ stage: 'waits', dueAt }, wordsIn(language), language, machine.pack.timeZone)
      expect(noticesTo(address).map(({ text }) => text.split('\n')[0]?.trim())).toEqual([said])
      expect(await outgoing(supervisor)).toMatchObject([{ source: 'signature', stage: 'waits', outcome: 'sent' }])
    },
  )

  test('tells of everything at once in one message, the most urgent first', async () => {
    const { worker, supervisor, address, caseId } = await anOfficeWithMail()
    await askQuestion(worker, caseId)
    await askQuestion(worker, caseId)
    await asOwner(
      machine,
      `insert into notice (person_id, case_id, about, stage, due_at) values ('${supervisor.id}', '${caseId}', 'x', 'passed', kembali.now())`,
    )
    await run()
    expect(noticesTo(address)).toHaveLength(1)
    expect(noticesTo(address)[0]?.text).toMatch(/^A time limit has passed/)
    expect((await outgoing(supervisor)).map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent'])
  })

  test('is not sent when the question was answered first, nor when the reminder was read', async () => {
    const { worker, supervisor, address, caseId } = await anOfficeWithMail()
    const id = await askQuestion(worker, caseId)
    await asOwner(
      machine,
      `insert into case_question (id, case_id, op_id, answers, for_whom, written_by, at, body)
       select gen_random_uuid(), case_id, op_id, id, 'anybody', '${supervisor.id}', now(), body from case_question where id = '${id}';
       insert into notice (person_id, case_id, about, stage, due_at, read_at) values ('${supervisor.id}', '${caseId}', 'y', 'due_soon', kembali.now(), now())`,
    )
    await run()
    expect(noticesTo(address)).toEqual([])
    expect((await outgoing(supervisor)).map(({ outcome }) => outcome)).toEqual(['over', 'over'])
  })

  test('waits for the morning, unless what it tells of passes before', async () => {
    const { worker, supervisor, address, caseId } = await anOfficeWithMail()
    await moveClock(13) // eleven at night
    const night = { ...supervisor, sid: await startSession(machine.db, supervisor.id, 'demo') }
    const late = { ...worker, sid: await startSession(machine.db, worker.id, 'demo') }
    await askQuestion(late, caseId)
    await run()
    expect(noticesTo(address)).toEqual([])
    await asOwner(
      machine,
      `insert into notice (person_id, case_id, about, stage, due_at) values ('${night.id}', '${caseId}', 'z', 'due_soon', kembali.now() + interval '2 hours')`,
    )
    await run()
    expect(noticesTo(address)).toHaveLength(1)
    await moveClock(20.5) // half past six
    await run()
    expect(noticesTo(address)).toHaveLength(2)
    await moveClock(0)
  })

  test('is tried again ever more seldom and then given up, with a line for the operator that names nobody', async () => {
    const { worker, supervisor, address, caseId } = await anOfficeWithMail()
    await askQuestion(worker, caseId)
    await mailServer.stop()
    isMailThere = false
    const tried: number[] = []
    for (let minutes = 0; minutes <= 400; minutes += 20) {
      await moveClock(minutes / 60)
      await run()
      tried.push(Number((await outgoing(supervisor))[0]?.tries))
    }
    expect(tried.at(-1)).toBe(ATTEMPTS)
    expect(tried.filter((tries, at) => at > 0 && tries > (tried[at - 1] ?? 0)).length).toBeLessThan(tried.length / 2)
    expect(await outgoing(supervisor)).toMatchObject([{ outcome: 'given_up', tries: ATTEMPTS }])
    const lines = log.filter((line) => line.includes('a notice was given up'))
    expect(lines).toEqual([expect.stringContaining('"type":"mail"')])
    for (const secret of [address, supervisor.id, caseId, 'mail.example']) expect(log.join('\n')).not.toContain(secret)
    Object.assign(mailServer, await startMailServer('takes', mailServer.port, mailServer.taken))
    isMailThere = true
    await moveClock(0)
  })
})

describe('web push', () => {
  /** A worker of an office whose browser shows notices. */
  async function aWorkerWithPush() {
    const office = await anOffice(machine)
    const worker = await aPerson(machine, office, 'case_worker')
    const supervisor = await aPerson(machine, office, 'supervisor')
    const browser = aBrowserOf(push.host)
    const answer = await post(worker, '/here', { subscription: browser.subscription, language: 'id' })
    expect(answer.status).toBe(200)
    const path = new URL(browser.subscription.endpoint).pathname
    return { worker, supervisor, browser, arrived: () => push.pushed.filter((one) => one.path === path) }
  }
  const hasDevice = async (by: Somebody) =>
    (await ownerRows(machine, `select id from notice_device where person_id = '${by.id}'`)).length > 0

  test('brings the same fixed sentence, sealed for that browser alone, once', async () => {
    const { worker, supervisor, browser, arrived } = await aWorkerWithPush()
    const caseId = await aCase(machine, worker)
    await askQuestion(supervisor, caseId, 'worker')
    await run()
    await run()
    const [one, ...more] = arrived()
    expect(more).toEqual([])
    const words = wordsIn('id')
    const { tag, ...said } = browser.read(one?.body ?? Buffer.alloc(0))
    expect(said).toEqual({ title: words('notices.subject'), body: words('notices.say.waits'), lang: 'id', dir: 'ltr' })
    expect(one?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      urgency: 'normal',
      topic: tag?.replaceAll('-', ''),
    })
    expect(String(one?.headers.authorization)).toMatch(/^vapid t=.+, k=.+$/)
    expect(JSON.stringify(one?.headers) + String(one?.body)).not.toMatch(/Kembali|Adi|Teluk/)
  })

  test.each([
    ['http', 'http://updates.push.services.mozilla.com/wpush/v2/xxxxxxxx'],
    ['a host nobody knows', 'https://push.attacker.example/xxxxxxxxxxxx'],
    ['a known name as a sub-name of another', 'https://fcm.googleapis.com.attacker.example/xxx'],
    ['another port', 'https://fcm.googleapis.com:8443/fcm/send/xxxxx'],
    ['the database', 'https://127.0.0.1:5432/xxxxxxxxxxxxxxx'],
    ['a private address', 'https://10.0.0.7/xxxxxxxxxxxxxxxxxx'],
    ['a name with a password', 'https://user:pass@fcm.googleapis.com/xxxx'],
  ])('is never posted to %s', async (_what, endpoint) => {
    const person = await aPerson(machine, await anOffice(machine), 'case_worker')
    const { subscription } = aBrowserOf(push.host)
    const answer = await post(person, '/here', { subscription: { ...subscription, endpoint }, language: 'en' })
    expect([answer.status, answer.json.error]).toEqual([409, 'push_unknown'])
    expect(await hasDevice(person)).toBe(false)
  })

  test('forgets a browser its push service knows no more, and tries again while the service is busy', async () => {
    const { worker, supervisor, arrived } = await aWorkerWithPush()
    const caseId = await aCase(machine, worker)
    push.answers = 429
    await askQuestion(supervisor, caseId, 'worker')
    await run()
    expect(await outgoing(worker)).toMatchObject([{ outcome: null, tries: 1 }])
    push.answers = 410
    await moveClock(0.5)
    await run()
    push.answers = 201
    expect(arrived()).toHaveLength(2)
    expect(await hasDevice(worker)).toBe(false)
    expect(await outgoing(worker)).toEqual([])
    await moveClock(0)
  })

  test('ends when she signs out, when somebody ends her sign-ins, and with her account; not when a sign-in runs out', async () => {
    const { worker } = await aWorkerWithPush()
    await moveClock(14)
    for (let day = 0; day < 4; day += 1) await startSession(machine.db, worker.id, 'demo')
    await moveClock(0)
    expect(await hasDevice(worker)).toBe(true)

    const out = await aWorkerWithPush()
    expect((await ask(app, out.worker, 'POST', '/api/sign-out', { body: '{}' })).status).toBe(200)
    expect(await hasDevice(out.worker)).toBe(false)

    const lost = await aWorkerWithPush()
    const admin = await aPerson(machine, lost.worker, 'admin')
    await asOwner(machine, `update session set proved_at = kembali.now() where person_id = '${admin.id}'`)
    const ended = await ask(app, admin, 'POST', '/api/people/end-sessions', {
      body: JSON.stringify({ personId: lost.worker.id }),
    })
    expect(ended.status).toBe(200)
    expect(await hasDevice(lost.worker)).toBe(false)

    const gone = await aWorkerWithPush()
    await asOwner(machine, `update app_user set ended_at = now() where id = '${gone.worker.id}'`)
    expect(await hasDevice(gone.worker)).toBe(false)
  })
})

test('no row of what leaves can hold a word: only ids, moments, counts and codes from closed lists', async () => {
  const texts = await ownerRows(
    machine,
    `select column_name as name from information_schema.columns where table_name = 'notice_out' and data_type not in ('uuid', 'timestamp with time zone', 'smallint')`,
  )
  const checks = await ownerRows(
    machine,
    `select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = 'notice_out'::regclass and contype = 'c'`,
  )
  for (const { name } of texts)
    expect(
      checks.some(({ text }) => String(text).includes(`(${String(name)} = ANY`)),
      String(name),
    ).toBe(true)
  // And every message that left in this file was one of the sentences, whatever was in the cases.
  const fixed = ['en', 'id', 'ms', 'fil', 'dv'].flatMap((language) =>
    SENTENCES.map((id) => wordsIn(language)(id)).map(
      (text) => new RegExp(`^${text.replaceAll(/[.]/g, '\\.').replace('{by}', '[^{}]{10,80}')}$`),
    ),
  )
  const notices = mailServer.taken.filter(({ text }) => !/\b\d{6}\b/.test(text))
  expect(notices.length).toBeGreaterThan(0)
  for (const { text } of notices) {
    const [first = ''] = text.split('\n')
    expect(
      fixed.some((sentence) => sentence.test(first.trim())),
      first,
    ).toBe(true)
  }
})
