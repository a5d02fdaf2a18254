import { useState } from 'react'
import type { Day } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { OnDay } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'

export type ContactNote = {
  /** The day it was made as written down; null where it waits. */
  madeOn: Day | null
  today: Day
  submit: (values: FormValues) => Promise<FormErrors | null>
  takeBack: () => void
}

/** On which day an agreed contact was made; once it is written down, the day is put right or taken back. */
export function NoteContact({ speech, madeOn, today, submit, takeBack }: ContactNote & { speech: Speech }) {
  const { t } = speech
  const [opened, setOpened] = useState(false)
  if (madeOn !== null && !opened)
    return (
      <div className="actions not-printed">
        <button type="button" className="button second small-target" onClick={() => setOpened(true)}>
          {t('closure.contact_put_right')}
        </button>
      </div>
    )
  const save = async (values: FormValues) => {
    const wrong = await submit(values)
    if (wrong === null) setOpened(false)
    return wrong
  }
  return (
    <Form
      speech={speech}
      button={t(madeOn === null ? 'closure.contact_made' : 'closure.contact_other_day')}
      start={{ madeOn: [madeOn ?? today] }}
      submit={save}
      aside={
        madeOn !== null && (
          <button
            type="button"
            className="button second"
            onClick={() => {
              setOpened(false)
              takeBack()
            }}
          >
            {t('closure.contact_not_made')}
          </button>
        )
      }
    >
      {() => <OnDay name="madeOn" label={t('closure.contact_made_on')} required />}
    </Form>
  )
}
