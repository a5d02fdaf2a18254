import { useParams } from '../../../web/here-context.ts'
import { useDesk } from '../../../web/app-context.ts'
import { rowsOf } from '../../../web/feature.ts'
import type { Row, Rows } from '../../../web/replica.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import type { CareSheet } from '../care-sheet.ts'
import type { ChildService, ServiceSession } from '../service.ts'
import type { ShelterEntry } from '../shelter-entry.ts'

/** Who is offered the forms of this feature; the gate and the database say the same (security.md 3.4). */
const WRITES = ['case_worker']

type Things = {
  child_service: ChildService
  service_session: ServiceSession
  care_sheet: Partial<CareSheet>
  /** Who wrote it and when it reached the file, once the server has it. */
  shelter_entry: ShelterEntry & { savedAt?: string; writtenByName?: string | null }
  care_goal: { inTheirWords: string }
}

/** Rows of one kind of a case, with the fields their schema names. */
export function things<Name extends keyof Things>(rows: Rows, thing: Name, caseId: string) {
  // Rows of these kinds are written by packs, api and lay-over only, all from their own schemas.
  return rowsOf(rows, thing, caseId) as (Row & { fields: Things[Name] })[]
}

/** Everything the pages of a child's services work with. */
export function useServices() {
  const caseId = useCaseId()
  const { serviceId } = useParams()
  const found = useCase(caseId)
  const desk = useDesk()
  const { rows, problem, isHere, isAsking } = useRows(caseId, 'services')
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  const record = useRecord()
  const isOpen = found.state === 'found' && found.opened.case.state === 'open'
  return {
    ...desk,
    caseId,
    serviceId: serviceId ?? null,
    found,
    timeZone,
    problem,
    isHere,
    isAsking,
    all: rows,
    record,
    services: things(rows, 'child_service', caseId),
    sessions: things(rows, 'service_session', caseId).sort((a, b) => (a.fields.onDay < b.fields.onDay ? 1 : -1)),
    goals: things(rows, 'care_goal', caseId).map(({ id, fields }) => ({ value: id, label: fields.inTheirWords })),
    canWrite: isOpen && WRITES.includes(desk.person.role),
    writesHealth: isOpen && desk.person.role === 'clinician',
  }
}
export type ServicesHere = ReturnType<typeof useServices>
