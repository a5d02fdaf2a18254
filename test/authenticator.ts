import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

type Creation = { challenge: string; rp: { id?: string }; user: { id: string } }
type Request = { challenge: string; rpId?: string; allowCredentials?: { id: string }[] }
type Manner = { origin?: string; userVerified?: boolean; counter?: number; rpId?: string }

/** A passkey in software: what a phone or a security key answers, by the book (WebAuthn level 3, sections 6 and 7). */
export class Authenticator {
  readonly origin: string
  #keys: { id: Buffer; privateKey: KeyObject; rpId: string; user: string }[] = []
  #counter = 0

  constructor(origin: string) {
    this.origin = origin
  }

  /** Makes a passkey and answers as `navigator.credentials.create` would, in JSON. */
  make(options: Creation, manner: Manner = {}): Record<string, unknown> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const id = randomBytes(16)
    const rpId = options.rp.id ?? new URL(this.origin).hostname
    this.#keys.push({ id, privateKey, rpId, user: options.user.id })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const cose = cborMap([
      [cborInt(1), cborInt(2)],
      [cborInt(3), cborInt(-7)],
      [cborInt(-1), cborInt(1)],
      [cborInt(-2), cborBytes(Buffer.from(x, 'base64url'))],
      [cborInt(-3), cborBytes(Buffer.from(y, 'base64url'))],
    ])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const authData = Buffer.concat([this.#authData(rpId, 0x40, manner), Buffer.alloc(16), length, id, cose])
    return {
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, manner).toString('base64url'),
        attestationObject: cborMap([
          [cborText('fmt'), cborText('none')],
          [cborText('attStmt'), cborMap([])],
          [cborText('authData'), cborBytes(authData)],
        ]).toString('base64url'),
        transports: ['internal'],
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }

  /** Proves with a passkey, as `navigator.credentials.get` would, in JSON. */
  prove(options: Request, manner: Manner = {}): Record<string, unknown> {
    const allowed = options.allowCredentials?.map((one) => one.id) ?? []
    const key = this.#keys.findLast((one) => allowed.length === 0 || allowed.includes(one.id.toString('base64url')))
    if (key === undefined) throw new Error('this authenticator has no such passkey')
    this.#counter += 1
    const authData = this.#authData(key.rpId, 0, manner)
    const clientData = this.#clientData('webauthn.get', options.challenge, manner)
    const signature = createSign('sha256')
      .update(Buffer.concat([authData, sha256(clientData)]))
      .sign(key.privateKey)
    return {
      id: key.id.toString('base64url'),
      rawId: key.id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: key.user,
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }

  #authData(rpId: string, more: number, { userVerified = true, counter, rpId: other }: Manner): Buffer {
    const head = Buffer.alloc(5)
    head[0] = 0x01 | (userVerified ? 0x04 : 0) | more
    head.writeUInt32BE(counter ?? this.#counter, 1)
    return Buffer.concat([sha256(Buffer.from(other ?? rpId)), head])
  }

  #clientData(type: string, challenge: string, { origin }: Manner): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: origin ?? this.origin, crossOrigin: false }))
  }
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

// The few forms of CBOR (RFC 8949) an attestation needs.
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff])
}
function cborInt(value: number): Buffer {
  return value >= 0 ? cborHead(0, value) : cborHead(1, -1 - value)
}
function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes])
}
function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)])
}
function cborMap(pairs: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()])
}
