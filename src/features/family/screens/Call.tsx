import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { To } from '../../../web/ui/To.tsx'
import { dial } from '../../cases/screens/dial.ts'

type Props = { speech: Pick<Speech, 't'>; caseId: string; name: string; phone: string; when: string | null }

/** A number to tap; after the call it asks for what was learned. */
export function Call({ speech: { t }, caseId, name, phone, when }: Props) {
  const [called, setCalled] = useState(false)
  return (
    <div className="stack not-printed">
      {when !== null && (
        <p className="small words" translate="no">
          {when}
        </p>
      )}
      <div className="row">
        <a
          className="button second small-target"
          href={dial(phone)}
          title={t('family.call_name', { name })}
          onClick={() => setCalled(true)}
        >
          {t('family.call')} <bdi dir="ltr">{phone}</bdi>
        </a>
        {called && (
          <To href={`/cases/${caseId}/note`} className="line">
            {t('family.after_call')}
          </To>
        )}
      </div>
    </div>
  )
}
