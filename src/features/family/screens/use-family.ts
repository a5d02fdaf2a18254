import { useDesk } from '../../../web/app-context.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import type { FamilyLink } from '../link.ts'
import type { FamilyPerson } from '../person.ts'
import type { FamilyReunification, FamilyTracing, FamilyVerification, TracingStep } from '../tracing.ts'
import { laid } from './lay-over.ts'

type Kept<Fields> = Fields & { id: string; version: number | null }
export type Family = {
  people: Kept<FamilyPerson>[]
  links: FamilyLink[]
  tracings: Kept<FamilyTracing>[]
  steps: TracingStep[]
  verifications: FamilyVerification[]
  reunifications: FamilyReunification[]
}

/** Everything around a child: from the server, which alone holds all of it, else what this device has. */
export function useFamily(caseId: string): { family: Family; problem: string | null; isAsking: boolean } {
  const { app, desk, rows } = useDesk()
  const [reason] = useReason(caseId)
  const waiting = desk.replica.waiting()
  const asked = useAnswer(
    `family|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () => ((await app.api.get(`/api/cases/${caseId}/family`, reasonHeaders(caseId))) as { rows: Row[] }).rows,
    waiting.length,
  )
  const given = asked.state === 'answered' ? new Map(asked.value.map((row) => [`${row.thing}/${row.id}`, row])) : rows
  const over = new Map(given)
  for (const { op } of waiting)
    if (op.payload.caseId === caseId) for (const row of laid(op, over)) over.set(`${row.thing}/${row.id}`, row)
  return {
    family: familyIn(over, caseId),
    problem: asked.state === 'failed' ? asked.code : null,
    isAsking: asked.state === 'asking',
  }
}

/** Rows of a family are written by `packs` and `lay-over.ts` only, both from the feature's own schema. */
function familyIn(rows: Rows, caseId: string): Family {
  const kept = (thing: string) =>
    rowsOf(rows, thing, caseId).map(({ id, version, fields }) => ({ ...fields, id, version }))
  const byDay = <Fact extends { doneOn: string }>(facts: Fact[]) => facts.sort((a, b) => (a.doneOn < b.doneOn ? -1 : 1))
  return {
    people: kept('family_person') as unknown as Kept<FamilyPerson>[],
    links: kept('family_link') as unknown as FamilyLink[],
    tracings: kept('family_tracing') as unknown as Kept<FamilyTracing>[],
    steps: byDay(kept('tracing_step') as unknown as TracingStep[]),
    verifications: byDay(kept('family_verification') as unknown as FamilyVerification[]),
    reunifications: kept('family_reunification') as unknown as FamilyReunification[],
  }
}

export type CallRow = Partial<Pick<FamilyPerson, 'relation' | 'roles' | 'callName' | 'phone' | 'calledWhen'>> & {
  id: string
}

/** Whom a worker may call from this device. */
export function callsOf(rows: Rows, caseId: string): CallRow[] {
  // Written by `packs` only.
  return rowsOf(rows, 'family_call', caseId)
    .map((row): CallRow => ({ ...row.fields, id: row.id }))
    .filter((row) => (row.phone ?? null) !== null)
}
