import type { BestInterestsRules } from '../../core/country.ts'
import { addDuration, type Instant } from '../../core/time.ts'
import { isDetermination } from '../cases/major-decision.ts'
import type { BestInterestsRecord } from './record.ts'

/** Until when a determination can be asked to be looked at again; an assessment is simply written anew. */
export function appealUntil(
  { kind, decidedAt }: Pick<BestInterestsRecord, 'kind' | 'decidedAt'>,
  { appeal }: BestInterestsRules,
  timeZone: string,
): Instant | null {
  return isDetermination(kind) ? addDuration(decidedAt, appeal.within, timeZone) : null
}
