import { useEffect, useRef } from 'react'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useHere } from '../../../web/here-context.ts'
import { onPaper } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { PrintButton } from '../../../web/ui/PrintButton.tsx'
import { notePrint, PRINTED, type Printed } from '../ops.ts'
import { PRINTS_NAME, useAliasSeen } from './on-paper.ts'
import { useRecord } from './use-record.ts'

/**
 * Whatever page of a case is printed, by a button or by the browser's own key: it is written down in the file, and the
 * paper says whose it is and who printed it. The child's own papers carry no such line.
 */
export function PrintWatch() {
  const { path } = useHere()
  const { speech, pack, now, person } = useDesk()
  const record = useRecord()
  const page = pageOf(path)
  const alias = useAliasSeen(page?.caseId ?? '')
  const write = useRef<() => void>(() => undefined)
  useEffect(() => {
    write.current = () => {
      if (page === null) return
      const named = document.querySelector(`.${PRINTS_NAME}`) !== null
      void record(notePrint, { id: newId(), caseId: page.caseId, what: page.what, named }, null, pack.timeZone)
    }
  })
  useEffect(() => {
    const onPrint = () => write.current()
    window.addEventListener('beforeprint', onPrint)
    return () => window.removeEventListener('beforeprint', onPrint)
  }, [])
  if (page === null || page.what === 'copy' || path.endsWith('/leaving')) return null
  return (
    <p className="only-printed">
      {speech.t('cases.printed', {
        alias: alias ?? speech.t('cases.this_case'),
        when: momentText(onPaper(speech), now, pack.timeZone, now),
        name: person.name,
      })}
    </p>
  )
}

/** Stands under a page that is often wanted on paper. */
export function PrintFoot() {
  const { path } = useHere()
  const { speech } = useDesk()
  return (
    <div className="actions row not-printed">
      <PrintButton speech={speech} />
      {pageOf(path) !== null && <span className="tiny">{speech.t('cases.print_written_down')}</span>}
    </div>
  )
}

/** Which page of which case an address shows; null where it is of none. */
function pageOf(path: string): { caseId: string; what: Printed } | null {
  const [, first, caseId, ...rest] = path.split('/')
  if (first !== 'cases' || caseId === undefined || !/^[0-9a-f-]{36}$/.test(caseId)) return null
  if (rest.length === 0) return { caseId, what: 'case' }
  const named = (piece: string | undefined) => PRINTED.find((one) => one === piece)
  return { caseId, what: named(rest.at(-1)) ?? named(rest[0]) ?? 'other' }
}
