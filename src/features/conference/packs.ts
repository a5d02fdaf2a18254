import { factReader, type PackReader, saysDue } from '../../server/feature.ts'
import { findCalls, findMinutes } from './store.ts'

/** Calls and minutes go with the card: a worker prepares on the way, and reads what was decided without a line. */
export const packs: PackReader[] = [
  saysDue(factReader('case_conference', 'services', findCalls), 'id', 'at', 'replaces'),
  saysDue(factReader('conference_minutes', 'services', findMinutes), 'id', 'conferenceId', 'kind', 'corrects'),
]
