import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'
import { dial } from './dial.ts'

type Props = {
  speech: Pick<Speech, 't'>
  /** As it is written; only its digits are dialled. */
  phone: string
  text: string
  /** Where what was learned is written down. */
  record: string
}

/** Calls somebody by the phone itself; whoever comes back finds the way to write down what she learned. */
export function Call({ speech: { t }, phone, text, record }: Props) {
  const [hasCalled, setCalled] = useState(false)
  return (
    <span className="row">
      <a className="button second" href={dial(phone)} onClick={() => setCalled(true)}>
        {text}
      </a>
      {hasCalled && (
        <To href={record} className="button">
          {t('cases.call_record')}
        </To>
      )}
    </span>
  )
}
