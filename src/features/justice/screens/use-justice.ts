import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { AskedPurpose } from '../../cases/purpose.ts'
import { ownCase } from '../../cases/screens/case-file.ts'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import type { ContactFacts, SafeguardAnswer } from '../contact.ts'
import { dutiesOf, type Duty } from '../duties.ts'
import { type JusticeFile, ownFile } from './justice-file.ts'
import type { Instant } from '../../../core/time.ts'

export type CaseOfContacts = { alias: string; region: string; closedAt: Instant | null }

export type FoundJustice =
  | { state: 'asking' }
  | { state: 'purpose_needed'; choose: (reason: AskedPurpose) => void }
  | { state: 'failed'; code: string }
  | {
      state: 'found'
      of: CaseOfContacts
      file: JusticeFile
      duties: Duty[]
      /** Whether this device holds the case, so that contacts are recorded here. */
      isMine: boolean
      timeZone: string
    }

type Asked = {
  case: CaseOfContacts
  contacts: ContactFacts[]
  answers: SafeguardAnswer[]
  supervisorAgreed: boolean
}

/** What is known of a child's contacts: from this device for her own cases, from the server for those she supervises. */
export function useJustice(caseId: string): FoundJustice {
  const { app, rows, pack, now, sync } = useDesk()
  const own = ownCase(rows, caseId)
  const [reason, choose] = useReason(caseId)
  const asked = useAnswer(
    `justice|${caseId}|${own === null}|${reason}`,
    async (): Promise<Asked | null> =>
      own === null
        ? ((await app.api.get(`/api/cases/${caseId}/justice?codes=only`, reasonHeaders(caseId))) as Asked)
        : null, // our own server answers in its own schema
    sync ?? '',
  )
  if (own === null && asked.state === 'asking') return { state: 'asking' }
  if (own === null && asked.state === 'failed' && asked.code === 'purpose_needed')
    return { state: 'purpose_needed', choose }
  if (own === null && asked.state === 'failed') return { state: 'failed', code: asked.code }
  const there = asked.state === 'answered' ? asked.value : null
  const of = own?.case ?? there?.case
  if (of === undefined) return { state: 'asking' }
  const file = own === null && there !== null ? there : ownFile(rows, caseId, pack.safeguards)
  const timeZone = zoneOf(pack, of.region)
  return {
    state: 'found',
    of: { alias: of.alias, region: of.region, closedAt: of.closedAt },
    file,
    duties: dutiesOf(file.contacts, file.answers, pack.safeguards, timeZone, now),
    isMine: own !== null,
    timeZone,
  }
}
