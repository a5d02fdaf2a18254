import { useState } from 'react'
import { ShowFile } from '../../../web/files/ShowFile.tsx'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Facts } from '../../../web/ui/Facts.tsx'
import type { Option } from '../../../web/ui/Field.tsx'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { OntoCase } from './OntoCase.tsx'

type ShownFile = { kind: 'photo' | 'document' | 'voice'; type: string; bytes: Uint8Array<ArrayBuffer> }

/** One thing its writer has not said yet whose it is. */
export type ShownJotting = {
  id: string
  heading: string
  when: string
  until: string
  said: readonly { label: string; text: string }[]
  /** Fetches the file to be seen or heard; null where there is none. Answers null when it could not be fetched. */
  file: (() => Promise<ShownFile | null>) | null
  isPicture: boolean
  put: ((caseId: string, isPaper: boolean) => Promise<FormErrors | null>) | null
  throwAway: () => Promise<void>
}

type Props = {
  speech: Speech
  jottings: readonly ShownJotting[] | null
  /** Why the list is not whole, or how much is still on its way. */
  notes: readonly string[]
  cases: readonly Option[]
}

/** What she wrote while the phone was locked: each is put on a child's case, or thrown away. */
export function Jottings({ speech, jottings, notes, cases }: Props) {
  const { t } = speech
  return (
    <Screen
      title={t('phone.jottings', { count: jottings?.length ?? 0 })}
      lead={jottings !== null && jottings.length === 0 ? t('phone.none') : t('phone.jottings_lead')}
    >
      {notes.map((text) => (
        <Notice key={text} tone="due">
          {text}
        </Notice>
      ))}
      {jottings !== null && (
        <ul className="plain stack">
          {jottings.map((jotting) => (
            <OneJotting key={jotting.id} speech={speech} jotting={jotting} cases={cases} />
          ))}
        </ul>
      )}
    </Screen>
  )
}

function OneJotting({ speech, jotting, cases }: { speech: Speech; jotting: ShownJotting; cases: readonly Option[] }) {
  const { t } = speech
  const [isAsking, setAsking] = useState(false)
  const [seen, setSeen] = useState<ShownFile | 'failed' | null>(null)
  const { heading, when, until, said, file, isPicture, put, throwAway } = jotting
  return (
    <li className="card stack">
      <div>
        <h2>{heading}</h2>
        <p className="tiny">{when}</p>
      </div>
      {said.length > 0 && <Facts facts={said} />}
      {file !== null && seen === null && (
        <div className="actions">
          <button
            type="button"
            className="button second"
            onClick={() => void file().then((found) => setSeen(found ?? 'failed'))}
          >
            {t('phone.show')}
          </button>
        </div>
      )}
      {seen === 'failed' && <p className="small">{t('error.no_connection')}</p>}
      {seen !== null && seen !== 'failed' && <ShowFile speech={speech} file={{ ...seen, label: heading }} />}
      {put === null ? (
        <button type="button" className="linkish" onClick={() => setAsking(true)}>
          {t('phone.throw_away')}
        </button>
      ) : (
        <OntoCase speech={speech} cases={cases} isPicture={isPicture} put={put} throwAway={() => setAsking(true)} />
      )}
      <p className="tiny">{until}</p>
      {isAsking && (
        <Dialog title={t('phone.throw_ask')} onClose={() => setAsking(false)}>
          <p>{t('phone.throw_lead')}</p>
          <div className="row actions">
            <button type="button" className="button danger" onClick={() => void throwAway()}>
              {t('phone.throw_away')}
            </button>
            <button type="button" className="button second" onClick={() => setAsking(false)}>
              {t('access.keep')}
            </button>
          </div>
        </Dialog>
      )}
    </li>
  )
}
