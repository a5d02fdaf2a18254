import type { KeyProvider } from '../crypto/provider.ts'
import { DOMAIN } from './audit.ts'

/**
 * trunc12(HMAC(MK, compound)): 4,096 buckets on purpose, so that a bucket stands for many children and a stolen index
 * names none (security.md 2.6).
 */
export async function matchBucket(keys: KeyProvider, text: string): Promise<number> {
  const [high = 0, low = 0] = await keys.mac('MK', DOMAIN, new TextEncoder().encode(`kembali/match/1|${text}`))
  return ((high << 8) | low) & 0xfff
}
