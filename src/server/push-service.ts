import { lookup } from 'node:dns'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Delivery } from './mail.ts'

/** The services the browsers of this world use; a deployment adds others in KEMBALI_PUSH_HOSTS. */
const KNOWN = [
  /^fcm\.googleapis\.com$/,
  /^[a-z0-9-]+\.push\.services\.mozilla\.com$/,
  /^([a-z0-9-]+\.)*push\.apple\.com$/,
  /^([a-z0-9-]+\.)*notify\.windows\.com$/,
]

/** Where a push service may be: known or named by the operator; `mayBeInside` only outside production, for tests. */
export type PushHosts = { hosts: readonly string[]; mayBeInside: boolean }

/**
 * Whether a browser's endpoint may be posted to at all: a browser says where we connect, so it could as well name a machine
 * of our own network (security.md 7.5). https, a service we know, no port and no name of ours in it.
 */
export function isPushEndpoint(endpoint: string, { hosts }: Pick<PushHosts, 'hosts'>): boolean {
  if (endpoint.length > 1000 || !URL.canParse(endpoint)) return false
  const url = new URL(endpoint)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  if (hosts.includes(url.host)) return true
  return url.port === '' && isIP(url.hostname) === 0 && KNOWN.some((known) => known.test(url.hostname))
}

// Apart: one list would look at every IPv4 address as the IPv6 one it can be written as.
const INSIDE = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.ipv4.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.ipv6.addSubnet(net, bits, 'ipv6')

/** Whether an address lies in no public network: this computer, our own, a link, or one that leads back into them. */
export function isInside(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  return INSIDE[family].check(address, family)
}

/** Looks a name up and connects to what was looked at: a name that points inside is refused in the moment of connecting. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, [])
    if (found.some(({ address }) => isInside(address)))
      return done(Object.assign(new Error('not public'), { code: 'EINSIDE' }), [])
    const [first] = found
    if (options.all === true || first === undefined) return done(null, found)
    done(null, first.address, first.family)
  })
}

const PATIENCE_MS = 10_000

export type Push = { endpoint: string; body: Uint8Array; headers: Record<string, string> }

/** Posts one sealed message; redirects are not followed, and of the answer only its number is read. */
export function postPush({ endpoint, body, headers }: Push, at: PushHosts): Promise<Delivery | { state: 'gone' }> {
  if (!isPushEndpoint(endpoint, at)) return Promise.resolve({ state: 'never', code: 'not_a_push_service' })
  const mayBeInside = at.mayBeInside && at.hosts.includes(new URL(endpoint).host)
  if (!mayBeInside && isIP(new URL(endpoint).hostname.replaceAll(/[[\]]/g, '')) !== 0)
    return Promise.resolve({ state: 'never', code: 'not_a_push_service' })
  return new Promise((resolve) => {
    const asked = request(
      endpoint,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        timeout: PATIENCE_MS,
        signal: AbortSignal.timeout(2 * PATIENCE_MS),
        ...(mayBeInside ? {} : { lookup: publicOnly }),
      },
      (answer) => {
        answer.destroy()
        resolve(judge(answer.statusCode ?? 0))
      },
    )
    asked.on('timeout', () => asked.destroy(Object.assign(new Error('slow'), { code: 'ETIMEDOUT' })))
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ state: 'later', code: error.code ?? error.name }))
    asked.end(body)
  })
}

function judge(status: number): Delivery | { state: 'gone' } {
  if (status >= 200 && status < 300) return { state: 'taken' }
  return status === 404 || status === 410 ? { state: 'gone' } : { state: 'later', code: `push_${status}` }
}
