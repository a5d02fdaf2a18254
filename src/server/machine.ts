import type { DecideAccess } from '../core/access.ts'
import type { Code, PublicPack } from '../core/country.ts'
import type { KeyProvider } from '../crypto/provider.ts'
import type { Scanner } from './clamd.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { FeatureDefinition } from './feature.ts'
import type { KeyBroker } from './key-broker.ts'
import type { Log } from './log.ts'
import type { OutboxKey } from './outbox-key.ts'

/** Everything a running server holds, made once in `main.ts` and handed on. */
export type Machine = {
  config: Config
  db: Database
  keys: KeyProvider
  /** After an unsealing: finds or makes this epoch's key and the outbox pair; throws EscrowNotConfirmed. */
  openKeys: () => Promise<void>
  outboxKey: OutboxKey
  broker: KeyBroker
  /** Looks for what does harm in a file; null where none is set up. */
  scanner: Scanner | null
  decide: DecideAccess
  pack: PublicPack
  packHash: string
  packJson: string
  /** Code lists of part `association`: no public file and no phone holds them. */
  restricted: Readonly<Record<string, readonly Code[]>>
  /** Changes when the database was restored: devices then start their reading again. */
  epoch: string
  log: Log
  /** True while a P0 control is missing: every page says so. */
  pilot: boolean
  /** The P0 controls that are not there yet; empty in the demo, which claims none. */
  missing: string[]
  /** Set when somebody asks the server to stop: it finishes what is under way and takes nothing new. */
  stopping: { asked: boolean }
  features: FeatureDefinition[]
}

/** The demo takes files unscanned and says so; real cases take none before something looks at them. */
export function takesFiles({ scanner, config }: Pick<Machine, 'scanner' | 'config'>): boolean {
  return scanner !== null || config.mode === 'demo'
}
