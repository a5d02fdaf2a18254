import type { Api } from './api.ts'
import type { Desk } from './app-state.ts'
import type { Clock } from './clock.ts'
import { openDrafts } from './drafts.ts'
import { openFiles } from './file-outbox.ts'
import { inLine, webLock } from './in-turn.ts'
import { makeOutbox } from './outbox.ts'
import { openReplica, type ReplicaParts } from './replica.ts'
import { makeRounds } from './rounds.ts'
import { httpTransport, type SyncResult, syncOnce } from './sync.ts'

type Parts = Pick<Desk, 'session' | 'device' | 'vault'> & {
  api: Api
  clock: Clock
  /** What features make of operations that lie here. */
  readers: () => Promise<Pick<ReplicaParts, 'layOvers' | 'upgrades'>>
  isInUse: () => boolean
  changed: () => void
  told: (sync: SyncResult | 'running') => void
}

/** Opens what a vault holds and lays it out to work with; the code behind it is fetched once somebody has signed in. */
export async function layDesk(parts: Parts): Promise<Desk> {
  const { session, device, vault, api, clock, readers, isInUse, changed, told } = parts
  const drafts = await openDrafts(vault)
  const replica = await openReplica({
    vault,
    ...(await readers()),
    drafts,
    inTurn: vault.lasting ? webLock('kembali-outbox') : inLine(),
  })
  const files = await openFiles(vault, changed)
  const put = makeOutbox(replica, device)
  const transport = httpTransport(api, device, isInUse)
  const syncTurn = vault.lasting ? webLock('kembali-sync') : inLine()
  const rounds = makeRounds(
    () =>
      syncTurn(async () => {
        const result = await syncOnce(replica, transport, clock.now)
        return result === 'done' ? files.send(api, replica) : result
      }),
    told,
  )
  replica.onChange(changed)
  return { session, device, vault, replica, drafts, files, put: (wanted) => put(wanted, clock.now()), rounds }
}
