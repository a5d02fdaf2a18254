import { type ReactNode, useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'
import { dial } from './dial.ts'

type Props = {
  speech: Pick<Speech, 't'>
  /** As it is written; only its digits are dialled. */
  phone: string
  text: ReactNode
  /** Who is called, where the button does not say it. */
  title?: string
  /** When somebody may be called, in the words of whoever said it. */
  when?: string | null
  /** Where what was learned is written down. */
  record: string
}

/** Calls somebody by the phone itself; whoever comes back finds the way to write down what she learned. */
export function Call({ speech: { t }, phone, text, title, when = null, record }: Props) {
  const [hasCalled, setCalled] = useState(false)
  return (
    <div className="stack not-printed">
      {when !== null && (
        <p className="small words" translate="no">
          {when}
        </p>
      )}
      <div className="row">
        <a className="button second" href={dial(phone)} title={title} onClick={() => setCalled(true)}>
          {text}
        </a>
        {hasCalled && (
          <To href={record} className="button">
            {t('cases.call_record')}
          </To>
        )}
      </div>
    </div>
  )
}
