import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Machine } from './machine.ts'

/**
 * The asking computer. Behind our own proxy on this machine it is the last hop the proxy names; nobody else is believed. Of
 * IPv6 the network of 64 bits: one computer has all the addresses in it.
 */
export function addressOf(c: Context, machine: Machine): string {
  const peer = peerOf(c)
  const isOwnProxy = machine.config.mode === 'production' && /^(::ffff:)?127\.|^::1$/.test(peer)
  const named = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return networkOf(isOwnProxy && named !== '' ? named : peer)
}

function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const zeros = Array.from({ length: Math.max(missing, 0) }, () => '0')
  return [...groups, ...zeros, ...(tail ?? '').split(':')].slice(0, 4).join(':')
}

function peerOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown' // asked from inside this program, without a socket
  }
}
