import { describe, expect, test } from 'vitest'
import { instant } from '../core/time.ts'
import { readConfig } from './config.ts'
import { judgeProduction } from './production-gate.ts'

const FROM = { KEMBALI_SMTP_FROM: 'kembali@office.example' }
const around = {
  folderIsOpen: false,
  keyFiles: { plain: false, sealed: true },
  nodeVersion: '24.0.0',
  now: instant('2026-03-01T00:00:00Z'),
}

/** What production says of these settings, among everything else it says. */
function problems(env: Record<string, string>): string {
  try {
    judgeProduction(readConfig(env), around, null)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('the way out of an e-mail', () => {
  test.each([
    ['smtps://mail.example.org', 'from_start', 465],
    ['smtp://mail.example.org', 'starttls', 587],
    ['smtp://mail.example.org:25', 'starttls', 25],
  ])('%s: %s, port %i', (address, tls, port) => {
    const { mail } = readConfig({ ...FROM, KEMBALI_SMTP: address })
    expect(mail).toMatchObject({ host: 'mail.example.org', tls, port, login: null })
  })

  test('takes a name and a password with any sign in them', () => {
    const { mail } = readConfig({ ...FROM, KEMBALI_SMTP: 'smtps://office%40example.org:p%40ss%2F@mail.example.org' })
    expect(mail?.login).toEqual({ user: 'office@example.org', pass: 'p@ss/' })
  })

  test.each([
    [{ KEMBALI_SMTP: 'http://mail.example.org', ...FROM }, /smtps:/],
    [{ KEMBALI_SMTP: 'smtps://mail.example.org' }, /KEMBALI_SMTP_FROM/],
    [{ KEMBALI_SMTP: 'smtps://mail.example.org', KEMBALI_SMTP_TLS: 'off', ...FROM }, /take one back/],
    [{ KEMBALI_PUSH_CONTACT: 'an office' }, /KEMBALI_PUSH_CONTACT/],
  ])('that cannot be meant stops the start: %o', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence)
  })
})

describe('production', () => {
  test('sends nothing in the clear to another computer, and no password in the clear at all', () => {
    const off = { ...FROM, KEMBALI_SMTP_TLS: 'off' }
    expect(problems({ ...off, KEMBALI_SMTP: 'smtp://mail.example.org' })).toMatch(/in the clear/)
    expect(problems({ ...off, KEMBALI_SMTP: 'smtp://name:word@127.0.0.1' })).toMatch(/password/)
    for (const here of ['localhost', '127.0.0.1', '[::1]'])
      expect(problems({ ...off, KEMBALI_SMTP: `smtp://${here}:25` })).not.toMatch(/KEMBALI_SMTP/)
    expect(problems({ ...FROM, KEMBALI_SMTP: 'smtp://mail.example.org' })).not.toMatch(/KEMBALI_SMTP/)
  })

  test('posts to no push service on this computer or under a name without a domain', () => {
    const push = { KEMBALI_PUSH_CONTACT: 'mailto:operator@office.example' }
    for (const host of ['localhost', '127.0.0.1:8443', 'intranet'])
      expect(problems({ ...push, KEMBALI_PUSH_HOSTS: `push.example.org, ${host}` })).toContain(host)
    expect(problems({ ...push, KEMBALI_PUSH_HOSTS: 'push.example.org' })).not.toMatch(/KEMBALI_PUSH/)
  })
})
