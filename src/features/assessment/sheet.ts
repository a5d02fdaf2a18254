import * as z from 'zod'
import { CaseId } from '../../core/ids.ts'
import { type Answered, Answered as AnsweredSchema, type AnswerPart } from '../../core/questions.ts'
import { type Keep, thing, words } from '../../core/schema.ts'
import { Day, Instant } from '../../core/time.ts'

/** Who gave the answers of a sheet: shown beside each of them for as long as it is known. */
export const ToldBy = z.enum(['child', 'carer', 'family', 'worker_saw', 'other_body'])
export type ToldBy = z.infer<typeof ToldBy>

/** What a sheet does: it answers questions, or says that a section is not needed for this child. */
export const SheetMark = z.enum(['answers', 'not_needed'])

/**
 * One sitting over one section: a fact, added and never changed. What was answered before stays; what is known is the
 * latest answer to each question, with who gave it and when.
 */
function sheet(part: AnswerPart & Keep, table: string, fieldId: number) {
  return thing(
    { part, class: 'C1', keep: part, purpose: 'casework', fieldId, table },
    {
      id: z.uuid(),
      caseId: CaseId,
      /** Which assessment of this child; null for questions of another step. */
      roundId: z.uuid().nullable(),
      section: z.string().min(1).max(40).meta({ codeList: 'question_sections' }),
      at: Instant,
      mark: SheetMark,
      /** The worker stopped here for today and goes on from here. */
      stops: z.boolean(),
      childSaidOn: Day.nullable(),
      toldBy: ToldBy.meta({ class: 'C2' }),
      answers: z.record(z.string().max(40), AnsweredSchema).meta({ class: 'C2' }),
      /** Why something known was asked again, or why the section is not needed. */
      why: words(1000).nullable(),
      /** The child's own words to this section, apart from what a worker makes of it. */
      childSays: words(2000).nullable(),
      /** What to begin with next time. */
      next: words(500).nullable(),
    },
  )
}

export const AssessmentSheet = sheet('services', 'assessment_sheet', 50)
export const AssessmentAccount = sheet('narrative', 'assessment_account', 51)
export const AssessmentHealth = sheet('health', 'assessment_health', 52)

/** The table of each part: a section lies in one of them. */
export const SHEETS = { services: AssessmentSheet, narrative: AssessmentAccount, health: AssessmentHealth } as const

export type Sheet = {
  id: string
  caseId: string
  roundId: string | null
  section: string
  at: Instant
  mark: z.infer<typeof SheetMark>
  stops: boolean
  childSaidOn: Day | null
  toldBy: ToldBy
  answers: { [question: string]: Answered }
  why: string | null
  childSays: string | null
  next: string | null
}

/** A sheet as it is read: who wrote it, and when it reached the file. */
export type KeptSheet = Sheet & { savedAt: Instant; writtenByName: string | null }
