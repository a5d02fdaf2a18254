import { afterEach, describe, expect, test } from 'vitest'
import { startMailServer, type MailServer } from '../../test/smtp.ts'
import { sendMail } from './mail.ts'

let server: MailServer | null = null
afterEach(async () => server?.stop())

const mail = { to: 'somebody@mail.example', subject: 'ތިޔަ', text: 'One sentence.', id: 'the-same' }
const from = 'kembali@office.example'
const at = (tls: 'none' | 'starttls' | 'from_start') => ({
  host: '127.0.0.1',
  port: server?.port ?? 0,
  tls,
  login: null,
  from,
})

describe('an e-mail', () => {
  test('is taken by a mail server as it was written', async () => {
    server = await startMailServer()
    expect(await sendMail(at('none'), mail)).toEqual({ state: 'taken' })
    await server.settled()
    expect(server.taken).toMatchObject([
      { to: [mail.to], subject: mail.subject, text: mail.text, id: '<the-same@office.example>' },
    ])
    expect(server.taken[0]?.headers).toMatch(/Auto-Submitted: auto-generated/i)
  })

  test('does not leave where TLS is asked for and the relay offers none', async () => {
    server = await startMailServer()
    expect(await sendMail(at('starttls'), mail)).toMatchObject({ state: 'later' })
    await server.settled()
    expect(server.taken).toEqual([])
  })

  test('does not leave to a relay whose certificate is not good for its name', async () => {
    server = await startMailServer('tls')
    expect(await sendMail(at('starttls'), mail)).toMatchObject({ state: 'later' })
    await server.settled()
    expect(server.taken).toEqual([])
  })

  test('to an address the relay refuses for good is not tried again; without a relay it waits', async () => {
    server = await startMailServer('no_address')
    expect(await sendMail(at('none'), mail)).toEqual({ state: 'never', code: 'EENVELOPE550' })
    await server.stop()
    expect(await sendMail(at('none'), mail)).toMatchObject({ state: 'later' })
  })
})
