import { useEffect } from 'react'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import type { Waiting } from '../../../web/replica.ts'
import { type Asked, useAnswer } from '../../../web/use-answer.ts'
import type { ChildCase } from '../case.ts'
import type { AskedPurpose } from '../purpose.ts'
import { noteAlias } from './on-paper.ts'
import {
  type Card,
  type CaseFile,
  type Hit,
  type Identity,
  ownCase,
  type Start,
  startOf,
  type Steps,
} from './case-file.ts'
import { reasonHeaders, useReason } from './reason.ts'

export type OpenedCase = {
  case: ChildCase
  isMine: boolean
  card: Card | null
  safeStart: Start | null
  identity: Identity | null
  steps: Steps | null
  takenUntil: string | null
  hits: Hit[]
  /** The file as the server opened it; null while it is on its way, or without a line. */
  file: CaseFile | null
  timeZone: string
}

export type FoundCase =
  | { state: 'asking' }
  | { state: 'purpose_needed'; choose: (purpose: AskedPurpose) => void }
  | { state: 'failed'; code: string }
  | { state: 'found'; opened: OpenedCase; problem: string | null }

/**
 * A case from this device at once, and from the server as soon as it answers: what waits here to be sent stays laid
 * over it. A case of somebody else's comes from the server only.
 */
export function useCase(caseId: string): FoundCase {
  const { app, desk, rows, pack, person } = useDesk()
  const [reason, choose] = useReason(caseId)
  // Asked anew when something was sent or fetched; opening a file is counted and written down, so never more often.
  const asked: Asked<CaseFile> = useAnswer(
    `${caseId}|${reason}`,
    async () => (await app.api.get(`/api/cases/${caseId}`, reasonHeaders(caseId))) as CaseFile,
    desk.replica.waiting().length,
  )
  const own = ownCase(rows, caseId)
  const file = asked.state === 'answered' ? asked.value : null

  const row = own?.case ?? file?.case
  const alias = row?.alias ?? null
  useEffect(() => {
    if (alias !== null) noteAlias(caseId, alias)
  }, [caseId, alias])

  if (asked.state === 'failed' && asked.code === 'purpose_needed') return { state: 'purpose_needed', choose }
  if (row === undefined) {
    if (asked.state === 'failed') return { state: 'failed', code: asked.code }
    return { state: 'asking' }
  }
  const opened: OpenedCase = {
    case: row,
    isMine: row.workerId === person.id || own !== null,
    card: own?.card ?? file?.card?.fields ?? null,
    safeStart: startOf(
      own?.steps ?? file?.steps ?? null,
      own?.safeStart ?? file?.safeStart?.fields ?? null,
      file?.firstAnswers,
    ),
    identity: identityOf(file?.identity?.fields ?? own?.identity ?? null, caseId, desk.replica.waiting()),
    steps: own?.steps ?? file?.steps ?? null,
    takenUntil: own?.takenUntil ?? null,
    hits: own?.hits.filter((hit) => hit.state === 'waiting') ?? file?.hits ?? [],
    file,
    timeZone: zoneOf(pack, row.region),
  }
  return { state: 'found', opened, problem: asked.state === 'failed' ? asked.code : null }
}

/** Who the child is, as the server last gave it or this device took it along, under what was recorded here and is still on its way. */
function identityOf(known: Identity | null, caseId: string, waiting: readonly Waiting[]): Identity | null {
  const sets = waiting
    .filter(({ op }) => op.type === 'cases.edit_identity' && op.payload.caseId === caseId)
    .map(({ op }) => op.payload.set as Identity) // passed the schema of its operation
  return sets.length === 0 ? known : Object.assign({}, known, ...sets)
}
