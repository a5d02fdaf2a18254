import { useParams } from '../../../web/here-context.ts'
import type { AnyRefusal, OpDefinition } from '../../../core/op.ts'
import { attempt } from '../../../web/attempt.ts'
import { decideContext, recordOrSay, useDesk } from '../../../web/app-context.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Draft } from '../../../web/outbox.ts'
import { refusalText } from '../../../web/refusal-text.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import type { CareFields } from '../mutable.ts'
import { type CaseRows, useRows } from '../../cases/screens/use-rows.ts'

/** What a screen wants to record: the operation with what is known, and the row it edits. */
export type Wish = { tried: ReturnType<typeof attempt> }

/** Asks the rules of this feature, and records several operations together, all of them or none. */
export function useCareRecord(timeZone: string) {
  const { app, desk, speech } = useDesk()
  const context = decideContext(app, desk, timeZone)

  function wish<Payload, Known, Change>(
    op: OpDefinition<Payload, Known, Change, AnyRefusal>,
    payload: unknown,
    known: Known,
    row?: Draft['row'],
  ): Wish {
    return { tried: attempt(op, payload as Payload, known, context, row) } // its own schema checks it inside
  }

  /** Answers what stands in the way, or null. */
  async function record(wishes: readonly Wish[]): Promise<FormErrors | null> {
    const drafts: Draft[] = []
    for (const { tried } of wishes) {
      if (tried.ok) drafts.push(tried.draft)
      else if ('refusal' in tried) return { '': refusalText(speech, tried.refusal) }
      else
        return Object.fromEntries(
          tried.fields.map((field) => [field.replace(/^set\./, ''), speech.t('field.does_not_fit')]),
        )
    }
    return recordOrSay(app, speech, drafts)
  }

  return [wish, record] as const
}

/** The rows of care of one case. */
export function useCareRows(caseId: string): CaseRows {
  return useRows(caseId, 'care')
}

/** One kind of row of a case with its fields as the feature's schema names them. */
export function things<Name extends keyof CareFields>(
  rows: Rows,
  thing: Name,
  caseId: string,
): (Row & { fields: CareFields[Name] })[] {
  // Rows of care are written by `packs`, `api` and `lay-over.ts` only, all from the feature's own schema.
  return rowsOf(rows, thing, caseId) as (Row & { fields: CareFields[Name] })[]
}

/** An id that the path of a screen may name. */
export function usePathId(name: string): string | null {
  const params: Record<string, unknown> = useParams()
  const id = params[name]
  return typeof id === 'string' ? id : null
}
