import { useState } from 'react'
import { Pick } from '../../../web/files/Pick.tsx'
import { type NotPicked, type Picked, prepare } from '../../../web/files/prepare.ts'
import { Record } from '../../../web/files/Record.tsx'
import { ShowFile } from '../../../web/files/ShowFile.tsx'
import { WhatIsInIt } from '../../../web/files/WhatIsInIt.tsx'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Text } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

type Props = {
  speech: Speech
  alias: string
  /** Said where files are not looked at, as in the demo. */
  isUnscanned: boolean
  parts: readonly Option[]
  draft: DraftKeeper
  submit: (values: FormValues, picked: Picked) => Promise<FormErrors | null>
}

/** A photo, a paper or a voice note: picked or recorded first, seen or heard, and only then kept. */
export function AddFile({ speech, alias, isUnscanned, parts, draft, submit }: Props) {
  const { t } = speech
  const [picked, setPicked] = useState<Picked | null>(null)
  const [problem, setProblem] = useState<NotPicked | null>(null)
  const [mode, setMode] = useState<'choose' | 'record'>('choose')

  async function take(files: FileList | null) {
    const [file] = files ?? []
    if (file === undefined) return
    const found = await prepare(file)
    setProblem(typeof found === 'string' ? found : null)
    setPicked(typeof found === 'string' ? null : found)
  }

  function again() {
    setPicked(null)
    setMode('choose')
  }

  return (
    <Screen title={t('attachments.add_title', { alias })} lead={t('attachments.add_lead')}>
      {isUnscanned && <Notice tone="due">{t('attachments.not_scanned')}</Notice>}
      {problem !== null && (
        <Notice tone="urgent" live>
          {t(`attachments.problem.${problem}`)}
        </Notice>
      )}
      {picked === null && mode === 'choose' && (
        <div className="actions stack">
          <Pick label={t('attachments.take_photo')} accept="image/*" camera take={take} />
          <Pick label={t('attachments.choose')} accept="image/*,application/pdf" take={take} />
          <button type="button" className="button second" onClick={() => setMode('record')}>
            {t('attachments.record')}
          </button>
        </div>
      )}
      {picked === null && mode === 'record' && (
        <Record speech={speech} done={setPicked} cancel={() => setMode('choose')} />
      )}
      {picked !== null && (
        <>
          <div className="card stack">
            <h2>{t(`attachments.kind.${picked.kind}`)}</h2>
            <ShowFile speech={speech} file={{ ...picked, label: t(`attachments.kind.${picked.kind}`) }} />
            <button type="button" className="linkish" onClick={again}>
              {t('attachments.again')}
            </button>
          </div>
          <Form
            speech={speech}
            button={t('save.button')}
            start={{ part: [parts[0]?.value ?? ''], picture: ['photo'] }}
            draft={draft}
            submit={(values) => submit(values, picked)}
          >
            {() => (
              <>
                {picked.kind === 'photo' && <WhatIsInIt speech={speech} />}
                <Text name="title" label={t('attachments.title')} hint={t('attachments.title_hint')} />
                {parts.length > 1 && (
                  <Choice
                    name="part"
                    label={t('attachments.part')}
                    hint={t('attachments.part_hint')}
                    required
                    options={parts}
                  />
                )}
              </>
            )}
          </Form>
        </>
      )}
    </Screen>
  )
}
