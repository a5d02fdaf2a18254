import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  submit: (values: FormValues) => Promise<FormErrors | null>
  /** Opens with the phone's own lock; null where that was not added. */
  byPhone: (() => void) | null
  problem: string | null
  /** How many things written here without unlocking still wait for a line. */
  jotted: number
  erase: () => void
}

/** What stands before a locked device: a neutral title, one field, no name. */
export function Unlock({ speech, submit, byPhone, problem, jotted, erase }: Props) {
  const { t } = speech
  const [hasForgotten, setForgotten] = useState(false)
  return (
    <Screen title={t('frame.neutral')} plain>
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {byPhone !== null && (
        <div className="actions">
          <button type="button" className="button" onClick={byPhone}>
            {t('lock.by_phone')}
          </button>
        </div>
      )}
      <Form
        speech={speech}
        button={t('lock.open')}
        submit={submit}
        aside={
          <button type="button" className="linkish" onClick={() => setForgotten(true)}>
            {t('lock.forgot')}
          </button>
        }
      >
        {() => <Text name="passphrase" label={t('lock.passphrase')} type="password" required />}
      </Form>
      <p>
        <To href="/jot" className="line">
          {t('lock.write')}
        </To>
      </p>
      {jotted > 0 && <p className="small">{t('lock.jotted', { count: jotted })}</p>}
      {hasForgotten && (
        <Dialog title={t('lock.forgot')} onClose={() => setForgotten(false)}>
          {jotted > 0 && <Notice tone="urgent">{t('access.erase_unsent', { count: jotted })}</Notice>}
          <p>{t('lock.forgot_lead')}</p>
          <div className="row actions">
            <button type="button" className="button danger" onClick={erase}>
              {t('access.erase')}
            </button>
            <button type="button" className="button second" onClick={() => setForgotten(false)}>
              {t('lock.try_again')}
            </button>
          </div>
        </Dialog>
      )}
    </Screen>
  )
}
