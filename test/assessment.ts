import type { Op } from '../src/core/op.ts'
import { newId } from '../src/crypto/random.ts'
import type { Machine } from '../src/server/machine.ts'
import { anOp, now, ownerRows, send, type Somebody } from './people.ts'
import { SECTIONS } from './samples.ts'

const OPS: Record<string, string> = { account: 'assessment.answer_account', clinic: 'assessment.answer_health' }

/** A sheet of one section: what was answered in one sitting. */
export function sheetOp(by: Somebody, caseId: string, section: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, OPS[section] ?? 'assessment.answer', {
    id: newId(),
    caseId,
    roundId: caseId,
    section,
    at: now(),
    mark: 'answers',
    stops: false,
    childSaidOn: null,
    toldBy: 'child',
    answers: {},
    why: null,
    childSays: null,
    next: null,
    ...over,
  })
}

export const notNeeded = { mark: 'not_needed', why: 'Her school has told us all of it' }

/** Every section that a hand-in waits for, said not to be needed. */
export function wholeAssessment(by: Somebody, caseId: string, roundId = caseId): Op[] {
  return SECTIONS.map((section) => sheetOp(by, caseId, section, { ...notNeeded, roundId }))
}

export function submitOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'assessment.submit', {
    id: newId(),
    caseId,
    roundId: caseId,
    harmToChild: 'medium',
    childSaidOn: '2026-01-05',
    childSilent: null,
    conclusion: 'She has an aunt who stands by her. She needs papers and a place at school.',
    childSays: 'I want to stay with my aunt',
    ...over,
  })
}

/** A supervisor's answer to an assessment as it stands now. */
export async function decideOp(
  machine: Machine,
  by: Somebody,
  caseId: string,
  submissionId: unknown,
  over: Record<string, unknown> = {},
): Promise<Op> {
  const [row] = await ownerRows(
    machine,
    `select max(saved_at) as at from assessment_sheet s where case_id = '${caseId}'
        and round_id = (select round_id from assessment_submission where id = '${String(submissionId)}')`,
  )
  const payload = { id: newId(), caseId, submissionId, decision: 'approved', seenAt: row?.at, reason: null }
  return anOp(by, 'assessment.decide', { ...payload, ...over })
}

/** An assessment that waits for the supervisor; answers the id of what was handed in. */
export async function aWaitingAssessment(machine: Machine, by: Somebody, caseId: string): Promise<string> {
  const sheets = wholeAssessment(by, caseId)
  const submission = submitOp(by, caseId)
  const answers = await send(machine, by, ...sheets, submission)
  if (answers.some((one) => one.answer !== 'accepted')) throw new Error(`it is handed in: ${JSON.stringify(answers)}`)
  return String(submission.payload.id)
}

export function checkOp(by: Somebody, caseId: string, over: Record<string, unknown> = {}): Op {
  return anOp(by, 'assessment.check_safety', {
    id: newId(),
    caseId,
    at: now(),
    how: 'seen',
    safeNow: 'yes',
    harmToChild: 'medium',
    nextOn: null,
    childSaidOn: null,
    childSays: null,
    couldHarm: null,
    done: null,
    ...over,
  })
}
