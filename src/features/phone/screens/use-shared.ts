import { useEffect, useState } from 'react'
import { type NotPicked, type Picked, prepare } from '../../../web/files/prepare.ts'
import { fetchShared } from '../../../web/shared.ts'

/** What another app handed over, made ready: pictures drawn anew, so that where they were taken goes no further. */
export type SharedReady = {
  state: 'asking' | 'here'
  picked: readonly Picked[]
  text: string
  problem: NotPicked | null
}

const NOTHING: SharedReady = { state: 'here', picked: [], text: '', problem: null }

export function useShared(isWanted: boolean): SharedReady {
  const [ready, setReady] = useState<SharedReady>({ ...NOTHING, state: isWanted ? 'asking' : 'here' })
  useEffect(() => {
    if (isWanted) void find().then(setReady)
  }, [isWanted])
  return ready
}

async function find(): Promise<SharedReady> {
  const shared = await fetchShared()
  if (shared === null) return NOTHING
  const found = await Promise.all(shared.files.map(prepare))
  const picked = found.filter((one) => typeof one !== 'string')
  const problem = found.find((one) => typeof one === 'string') ?? null
  return { state: 'here', picked, text: shared.text.trim(), problem }
}
