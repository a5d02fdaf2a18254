import * as z from 'zod'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** With whom a child would rather talk; asked, and not guessed. */
export const Prefers = z.enum(['female', 'male', 'either', 'no_answer'])
export type Prefers = z.infer<typeof Prefers>

/** What a child wishes of whoever works with it: a wish, one row a case. */
export const ChildWish = thing(
  { part: 'services', class: 'C1', keep: 'services', purpose: 'casework', fieldId: 72, table: 'child_wish' },
  {
    prefers: Prefers.nullable(),
    language: z.string().max(40).nullable().meta({ codeList: 'languages' }),
    saidOn: Day.nullable(),
    inTheirWords: words(500).nullable(),
  },
)
export type ChildWish = {
  prefers: Prefers | null
  language: string | null
  saidOn: Day | null
  inTheirWords: string | null
}

/** What a worker says of herself. */
export const WorkerSays = z.strictObject({
  languages: z.array(z.string().max(40).meta({ codeList: 'languages' })).max(12),
  gender: z.enum(['female', 'male', 'other', 'not_said']),
})
export type WorkerSays = z.infer<typeof WorkerSays>

/** How a worker fits a child's wish; null where the child wished nothing, or the worker said nothing of herself. */
export type Fit = { language: boolean | null; gender: boolean | null }

export function fitOf(wish: Pick<ChildWish, 'prefers' | 'language'> | null, says: WorkerSays | null): Fit {
  const wanted = wish?.prefers ?? null
  const asks = wanted === 'female' || wanted === 'male'
  const { gender = 'not_said', languages = [] } = says ?? {}
  return {
    gender: !asks || gender === 'not_said' ? null : gender === wanted,
    language:
      (wish?.language ?? null) === null || languages.length === 0 ? null : languages.includes(wish?.language ?? ''),
  }
}
