import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { thing, words } from '../../core/schema.ts'
import { Day } from '../../core/time.ts'

/** What a file shows when a question of the guidelines is asked of it. None of them is a number, and nothing adds them up. */
export const FileAnswer = z.enum(['yes', 'partly', 'no', 'not_needed'])
export type FileAnswer = z.infer<typeof FileAnswer>

const Asked = z.strictObject({
  question: z.string().min(1).max(60).meta({ class: 'C2', codeList: 'quality_question' }),
  answer: FileAnswer,
})

const meta = { part: 'case', class: 'C1', keep: 'case', purpose: 'supervision' } as const

/** A supervisor looks at the file of one case of her sample: what is there, what is missing, what follows. A fact. */
export const FileReview = thing(
  { ...meta, fieldId: 92, table: 'file_review' },
  {
    id: z.uuid(),
    caseId: CaseId,
    /** The first day of the month whose sample the case was drawn in. */
    month: Day,
    /** By when what is missing is put right; null where nothing is, or where it is talked about instead. */
    putRightBy: Day.nullable(),
    answers: z.array(Asked).max(40).meta({ class: 'C2' }),
    /** What was good, for whoever did it. */
    good: words(2000).nullable(),
    found: words(2000).nullable(),
  },
)
export type FileReview = {
  id: string
  caseId: string
  month: Day
  putRightBy: Day | null
  answers: { question: string; answer: FileAnswer }[]
  good: string | null
  found: string | null
}

/** What the worker did about what was found, in her words. */
export const FilePutRight = thing(
  { ...meta, fieldId: 93, table: 'file_put_right' },
  { id: z.uuid(), caseId: CaseId, reviewId: z.uuid(), done: words(2000) },
)
export type FilePutRight = { id: string; caseId: string; reviewId: string; done: string }

/** How many files are looked at in a month: a few, read with care. */
export const SAMPLE = 5

/** The month a day lies in, as its first day. */
export function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01` as Day // a day of the same month
}
