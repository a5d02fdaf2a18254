import { factReader, type PackReader } from '../../server/feature.ts'
import { findCalls, findMinutes } from './store.ts'

/** Calls and minutes go with the card: a worker prepares on the way, and reads what was decided without a line. */
export const packs: PackReader[] = [
  factReader('case_conference', 'services', findCalls),
  factReader('conference_minutes', 'services', findMinutes),
]
