import { describe, expect, test } from 'vitest'
import { isInside, isPushEndpoint, postPush } from './push-service.ts'

const NOWHERE = { hosts: [] }

describe('a push endpoint', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/QAbc',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
  ])('of a known service may be posted to: %s', (endpoint) => {
    expect(isPushEndpoint(endpoint, NOWHERE)).toBe(true)
  })

  test.each([
    'https://localhost/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x',
    'https://2130706433/x',
    'https://fcm.googleapis.com@10.0.0.1/x',
    'https://push.services.mozilla.com.example/x',
    'ftp://fcm.googleapis.com/x',
    'file:///etc/passwd',
    '',
  ])('that is none may not: %s', (endpoint) => {
    expect(isPushEndpoint(endpoint, NOWHERE)).toBe(false)
  })
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  'fe80::1',
  'fd00::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('%s lies inside', (address) => {
  expect(isInside(address)).toBe(true)
})
test.each(['8.8.8.8', '142.250.0.1', '2a00:1450:4001:82a::200a'])('%s is public', (address) => {
  expect(isInside(address)).toBe(false)
})

test('a host the operator named whose name leads inside is refused in the moment of connecting', async () => {
  const push = { endpoint: 'https://localhost/x', body: new Uint8Array(1), headers: {} }
  expect(await postPush(push, { hosts: ['localhost'], mayBeInside: false })).toEqual({
    state: 'later',
    code: 'EINSIDE',
  })
  const literal = { ...push, endpoint: 'https://127.0.0.1:1/x' }
  expect(await postPush(literal, { hosts: ['127.0.0.1:1'], mayBeInside: false })).toMatchObject({ state: 'never' })
})
