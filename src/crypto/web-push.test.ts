import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from './base64url.ts'
import { makePushPair, pushAuthorization, sealPush, sealRecord } from './web-push.ts'

function bytes(text: string): Uint8Array {
  const found = fromBase64url(text)
  if (found === null) throw new Error(`not base64url: ${text}`)
  return found
}

// RFC 8291, section 5 and appendix A.
const BROWSER = {
  p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
  auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
}
const SENDER = {
  publicKey: bytes('BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'),
  privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
}

test('the example of RFC 8291 comes out as it stands there', () => {
  const record = new Uint8Array([...new TextEncoder().encode('When I grow up, I want to be a watermelon'), 2])
  const sealed = sealRecord(record, BROWSER, SENDER, bytes('DGv6ra1nlYgDCS1FRnbzlw'))
  expect(toBase64url(sealed)).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

describe('what goes to a push service', () => {
  test('has one size, whatever it says, and is never the same twice', () => {
    const [short, long, again] = ['A', 'A much longer sentence than the other one.', 'A'].map((text) =>
      sealPush(text, BROWSER),
    )
    expect(long?.length).toBe(short?.length)
    expect(again).not.toEqual(short)
  })

  test('is signed for that one service, for half a day', () => {
    const pair = makePushPair()
    const said = pushAuthorization('https://push.example', 'mailto:office@example.org', pair, 1_800_000_000_000)
    const [, head = '', claims = '', signature = '', key] = /^vapid t=(.+)\.(.+)\.(.+), k=(.+)$/.exec(said) ?? []
    expect(key).toBe(toBase64url(pair.publicKey))
    expect(JSON.parse(new TextDecoder().decode(bytes(claims)))).toEqual({
      aud: 'https://push.example',
      exp: 1_800_000_000 + 12 * 3600,
      sub: 'mailto:office@example.org',
    })
    const x = toBase64url(pair.publicKey.subarray(1, 33))
    const y = toBase64url(pair.publicKey.subarray(33))
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        bytes(signature),
      ),
    ).toBe(true)
  })
})
