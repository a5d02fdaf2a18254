import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import type { Rows } from '../../../web/replica.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import { viewOf } from './view.ts'

/** Everything the pages of this feature work with. */
export function useBestInterests() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const kept = useRows(caseId, 'best-interests')
  const signed = useRows(caseId, 'signatures')
  const desk = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  const rows: Rows = kept.isHere ? kept.rows : new Map([...kept.rows, ...signed.rows])
  return {
    caseId,
    found,
    ...desk,
    timeZone,
    /** The rows of this case that the view is made of. */
    weighed: rows,
    view: viewOf(rows, caseId),
    isAsking: kept.isAsking,
    problem: kept.problem,
    record,
    back: () => goOn(`/cases/${caseId}/best-interests`),
  }
}

/** An id that the path of a screen may name. */
export function usePathId(name: string): string | null {
  const params: Record<string, unknown> = useParams()
  const id = params[name]
  return typeof id === 'string' ? id : null
}
