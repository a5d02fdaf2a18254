import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { WhatIsInIt } from '../../../web/files/WhatIsInIt.tsx'
import { Choice, type Option } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { one } from '../../../web/ui/form-values.ts'

type Props = {
  speech: Speech
  /** Her own open cases, alias and call name. */
  cases: readonly Option[]
  /** Whether a picture is among it, which may be of a paper. */
  isPicture: boolean
  /** Answers what stands in the way, or null when it is on that case. */
  put: (caseId: string, isPaper: boolean) => Promise<FormErrors | null>
  throwAway: () => void
}

/** More than fit on a small screen are found by typing. */
const MANY = 8

/** Which child is this about? One tap for the child, one to put it there. */
export function OntoCase({ speech, cases, isPicture, put, throwAway }: Props) {
  const { t } = speech
  const [wanted, setWanted] = useState('')
  const fold = (text: string) => text.toLocaleLowerCase()
  const shown = cases.filter(({ label }) => fold(label).includes(fold(wanted)))
  if (cases.length === 0)
    return (
      <div className="stack">
        <p>{t('phone.no_cases')}</p>
        <button type="button" className="linkish" onClick={throwAway}>
          {t('phone.throw_away')}
        </button>
      </div>
    )
  return (
    <Form
      speech={speech}
      button={t('phone.put_on')}
      start={{ picture: ['photo'] }}
      submit={async (values) => {
        const caseId = one(values, 'caseId')
        return caseId === ''
          ? { caseId: t('phone.choose_child') }
          : put(caseId, isPicture && one(values, 'picture') === 'document')
      }}
      aside={
        <button type="button" className="linkish" onClick={throwAway}>
          {t('phone.throw_away')}
        </button>
      }
    >
      {() => (
        <>
          {cases.length > MANY && (
            <div className="field">
              <label>
                {t('phone.find')}
                <input
                  type="search"
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => setWanted(event.target.value)}
                />
              </label>
            </div>
          )}
          <Choice name="caseId" label={t('phone.which_child')} required options={shown} />
          {isPicture && <WhatIsInIt speech={speech} />}
        </>
      )}
    </Form>
  )
}
