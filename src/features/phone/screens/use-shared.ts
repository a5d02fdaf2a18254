import { useEffect, useState } from 'react'
import { type NotPicked, type Picked, prepare } from '../../../web/files/prepare.ts'
import { dropShared, fetchShared, type Shared } from '../../../web/shared.ts'

/** What another app handed over, made ready: pictures drawn anew, so that where they were taken goes no further. */
export type SharedReady = {
  state: 'asking' | 'here'
  picked: readonly Picked[]
  text: string
  problem: NotPicked | null
}

/** What was handed over and nobody has looked at: it is taken or thrown away. */
export type SharedOffered = { state: 'offered'; count: number; take: () => void; throwAway: () => void }

const NOTHING: SharedReady = { state: 'here', picked: [], text: '', problem: null }
const WAITING: SharedReady = { ...NOTHING, state: 'asking' }

export function useShared(isWanted: boolean): SharedReady | SharedOffered {
  const [ready, setReady] = useState<SharedReady | Shared>(isWanted ? WAITING : NOTHING)
  useEffect(() => {
    if (isWanted) void fetchShared().then((found) => setReady(found ?? NOTHING))
  }, [isWanted])
  if ('state' in ready) return ready
  return {
    state: 'offered',
    count: ready.files.length + (ready.text.trim() === '' ? 0 : 1),
    take() {
      setReady(WAITING)
      void makeReady(ready).then(setReady)
    },
    throwAway() {
      dropShared()
      setReady(NOTHING)
    },
  }
}

async function makeReady({ files, text, isCut }: Shared): Promise<SharedReady> {
  const found = await Promise.all(files.map(prepare))
  const picked = found.filter((one) => typeof one !== 'string')
  const problem = found.find((one) => typeof one === 'string') ?? (isCut ? 'too_large' : null)
  return { state: 'here', picked, text: text.trim(), problem }
}
