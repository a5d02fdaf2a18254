import type { AnswerPart } from '../../../core/questions.ts'

/** Who is offered a form of each part; the gate and the database say the same (security.md 3.4). */
const WRITERS: Record<AnswerPart, readonly string[]> = {
  services: ['case_worker'],
  narrative: ['case_worker', 'intake'],
  health: ['clinician'],
}

export function writesPart(role: string, part: AnswerPart): boolean {
  return WRITERS[part].includes(role)
}
