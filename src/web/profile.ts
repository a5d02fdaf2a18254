import { makeProfileKey, type ProfileKey, proveRequest, publicHalf } from '../crypto/device-proof.ts'
import type { Profile } from './api.ts'
import type { Door } from './idb-storage.ts'

/** The key of this browser profile, made when it is first needed and kept beside the door; nothing in it names a person. */
export function makeProfile(door: Door): Profile {
  const key = async (): Promise<ProfileKey> => {
    const kept = (await door.get('profile')) as ProfileKey | null // put there below
    if (kept !== null) return kept
    const made = await makeProfileKey()
    await door.put('profile', made)
    return made
  }
  return {
    publicHalf: async () => publicHalf(await key()),
    prove: async (asked, at) => proveRequest(await key(), asked, at),
  }
}
