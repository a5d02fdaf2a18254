import { sql } from 'kysely'
import type { Tx } from '../../server/as-person.ts'
import type { OpContext } from '../../server/feature.ts'
import { askSignature, sealRequest, signaturesAbout } from '../../server/second-signatures.ts'
import { first } from './first-answers-store.ts'
import { THE_RECORD } from './said-no-store.ts'

/** What was answered so far to who agrees to the record, in the first talk where nothing later was; null where nothing was. */
export async function basisBefore(tx: Tx, caseId: string): Promise<string | null> {
  const found = await sql<{ basis: string | null }>`
    select coalesce(s.basis, first.basis) as basis
      from child_case c left join safe_start s on s.case_id = c.id ${first(sql`false`)}
     where c.id = ${caseId}`.execute(tx)
  return found.rows[0]?.basis ?? null
}

/**
 * Nobody could be asked, and the record is kept on what the law says: it protects, so it holds at once, and a second person
 * signs within 72 hours. One request at a time. A signature counts for as long as this answer stands: once it was another, or
 * the ledger has heard the child or its carer since, somebody could be asked, and a second person looks anew.
 */
export async function askToKeepRecord(
  tx: Tx,
  { caseId, why, before }: { caseId: string; why: string | null; before: string | null },
  ctx: OpContext,
): Promise<void> {
  const asked = (await signaturesAbout(tx, caseId)).find((one) => one.act === 'record_without_consent')
  if (asked?.answer === null) return
  const isSigned = asked?.answer?.decision === 'signed' && before === 'lawful_basis'
  if (isSigned && !(await wasHeardSince(tx, caseId, asked.id))) return
  await askSignature(tx, { id: ctx.opId, act: 'record_without_consent', caseId, aboutId: caseId, why }, ctx)
}

/**
 * The same after a no heard by somebody who reads no account: the database looks whether the law's basis stands and nothing waits.
 * What she wrote about it herself is not known here; the file says who asked.
 */
export async function askAfterANo(tx: Tx, caseId: string, why: string | null, ctx: OpContext): Promise<void> {
  const cipher = await ctx.reads('case')
  // Without a key of the file's own part nothing was ever asked there.
  if (cipher === null) return
  const { due, body } = sealRequest(ctx.opId, why, ctx.me.askedAt, cipher)
  await sql`select kembali.ask_after_a_no(${ctx.opId}, ${caseId}, ${ctx.opId}, ${due}, ${body})`.execute(tx)
}

/**
 * Whether the ledger has an answer about the record that came after a request: by the server's own order, since a phone says
 * itself when it asked. What the log does not show counts as newer: rather one signature too many. The answer that
 * itself made the request is what was looked at.
 */
async function wasHeardSince(tx: Tx, caseId: string, signatureId: string): Promise<boolean> {
  const found = await sql<{ heard: boolean }>`
    with answer as (select id, op_id from consent_record
                     where case_id = ${caseId} and purpose = ${THE_RECORD} and standing <> 'not_complete'),
         said as (select op_id from answer union all
                  select w.op_id from consent_withdrawal w join answer on answer.id = w.consent_id)
    select exists (select from said join second_signature s on s.id = ${signatureId} left join op_log l on l.op_id = said.op_id
                    where s.op_id <> said.op_id and (l.xid is null or l.xid >= s.xid)) as heard`.execute(tx)
  return found.rows[0]?.heard ?? true
}
