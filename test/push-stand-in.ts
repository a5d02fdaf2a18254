import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, globalAgent } from 'node:https'
import type { AddressInfo } from 'node:net'
import { toBase64url } from '../src/crypto/base64url.ts'
import { newToken, randomBytes } from '../src/crypto/random.ts'

// A push service for tests: a real HTTPS server on this computer that stands in for the ones of the browsers. Its key was
// made for nothing else and opens nothing.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrhRH3n5pqz2K2+pA
cwOTdvCiO5sEJqhDpCF8EarOFuuhRANCAAQTFYU27g29jssnok+AlNEhw8WmuFHU
quWA/ZVLqVjt0vIU8pSOiVEqqR25bm2nevnrESnouxls58sQVcaDg1lY
-----END PRIVATE KEY-----`
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUSnx0dkx3U0SwGY11/tG5W1h3xI8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTIxMDQxM1oYDzIxMjYxMTAx
MjEwNDEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQTFYU27g29jssnok+AlNEhw8WmuFHUquWA/ZVLqVjt0vIU8pSOiVEq
qR25bm2nevnrESnouxls58sQVcaDg1lYo28wbTAdBgNVHQ4EFgQUtiA9cqlP31nn
kicYDnwGbcIma2MwHwYDVR0jBBgwFoAUtiA9cqlP31nnkicYDnwGbcIma2MwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgQ5vU2BIRD93zDkEL5RI8wVdNYZlOKBFYbJQgXswfYEoCIDSf
4m9OdZMhd/X80KVd9laTa0dhy9nmRB/S9zrQMDST
-----END CERTIFICATE-----`

export type Pushed = { path: string; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** What the stand-in answers from now on; `host` is what KEMBALI_PUSH_HOSTS names. */
export type PushService = { host: string; pushed: Pushed[]; answers: number; stop: () => Promise<void> }

export async function startPushService(): Promise<PushService> {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      service.pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(service.answers).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  globalAgent.options.ca = CERTIFICATE
  const service: PushService = {
    host: `127.0.0.1:${port}`,
    pushed: [],
    answers: 201,
    stop: async () => {
      delete globalAgent.options.ca
      globalAgent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return service
}

/** A browser that subscribed: what it gives out, and how it reads what comes. */
export function aBrowserOf(host: string) {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const publicKey = pair.getPublicKey()
  const auth = randomBytes(16)
  return {
    subscription: {
      endpoint: `https://${host}/push/${newToken()}`,
      p256dh: toBase64url(publicKey),
      auth: toBase64url(auth),
    },
    /** Opens a message as RFC 8291 says, from the receiving side. */
    read(body: Buffer): Record<string, string> {
      const [salt, size] = [body.subarray(0, 16), body[20] ?? 0]
      const sender = body.subarray(21, 21 + size)
      const sealed = body.subarray(21 + size)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
      const secret = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32))
      const derive = (name: string, length: number) =>
        Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), length))
      const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
      cipher.setAuthTag(sealed.subarray(-16))
      const record = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
      const text = record.subarray(0, record.lastIndexOf(2)).toString('utf8')
      return JSON.parse(text) as Record<string, string> // what our own server sealed
    },
  }
}
