import type { Attention, Row, Step, Waiting } from './replica.ts'

/**
 * What goes with a case whose words may no longer lie here: operations the server has answered, and the words of what it
 * did not take. What it has not answered stays, for it lies nowhere else.
 */
export function forgetWords(
  cases: readonly string[],
  waiting: readonly Waiting[],
  attention: readonly Attention[],
): Required<Pick<Step, 'sent' | 'attention' | 'dealtWith'>> {
  const gone = new Set(cases)
  const of = attention.filter((one) => gone.has(caseOf(one)))
  return {
    sent: waiting.filter((one) => one.answer !== null && gone.has(caseOf(one))).map(({ op }) => op.opId),
    // The server keeps both sides of a difference; the device need not.
    dealtWith: of.filter((one) => one.kind === 'difference').map(({ id }) => id),
    // That something was not accepted still stands: only the words go, so that nothing vanishes in silence.
    attention: of.flatMap((one) =>
      one.kind === 'difference' ? [] : [{ ...one, op: withoutWords(one.op), emptied: true }],
    ),
  }
}

/** The ids a draft of these cases can lie under: the cases' own, and those of the things in them. */
export function idsIn(cases: readonly string[], rows: Iterable<Row>): Set<string> {
  const gone = new Set(cases)
  return new Set([...cases, ...[...rows].filter((row) => gone.has(row.caseId)).map(({ id }) => id)])
}

function caseOf({ op, answer }: { op: Waiting['op']; answer?: Waiting['answer'] }): string {
  const answered = answer?.answer === 'accepted' ? answer.caseId : null
  return String(answered ?? op.payload.caseId ?? op.payload.id)
}

function withoutWords(op: Waiting['op']): Waiting['op'] {
  return { ...op, payload: { caseId: op.payload.caseId ?? op.payload.id } }
}
