import { type ReactNode, useEffect, useState } from 'react'
import { ContactKind } from '../../../core/safeguard-rule.ts'
import { Pick } from '../../../web/files/Pick.tsx'
import { type NotPicked, type Picked, prepare } from '../../../web/files/prepare.ts'
import { Record } from '../../../web/files/Record.tsx'
import { ShowFile } from '../../../web/files/ShowFile.tsx'
import type { Speech } from '../../../web/language.ts'
import { Choice, type Option, Select, Text, When, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  /** Seals and keeps; answers what stands in the way, or null when it is safe on this phone. */
  note: (values: FormValues) => Promise<FormErrors | null>
  contact: (values: FormValues) => Promise<FormErrors | null>
  /** Seals words while they are typed, so that a phone that dies has them. */
  typing: DraftKeeper
  /** The form with these words is gone. */
  typed: () => void
  file: (values: FormValues, picked: Picked) => Promise<FormErrors | null>
  authorities: readonly Option[]
  start: FormValues
  /** Handed over by another app. */
  given: Picked | null
  problem: NotPicked | null
  /** How many things lie here that have not reached the server. */
  waiting: number
  /** Why the server did not take them yet. */
  said: string | null
}

type Mode = 'choose' | 'note' | 'contact' | 'record' | 'file' | 'kept'

/** What can be written down without unlocking. Nothing that is here can be read on this screen, not even what was just kept. */
export function Jot(props: Props) {
  const {
    speech,
    note,
    contact,
    typing,
    typed,
    file,
    authorities,
    start,
    given,
    problem: before,
    waiting,
    said,
  } = props
  const { t } = speech
  const [mode, setMode] = useState<Mode>(given === null ? 'choose' : 'file')
  const [picked, setPicked] = useState<Picked | null>(given)
  const [problem, setProblem] = useState<NotPicked | null>(before)

  function have(found: Picked) {
    setPicked(found)
    setMode('file')
  }

  async function take(files: FileList | null) {
    const [one] = files ?? []
    if (one === undefined) return
    const found = await prepare(one)
    setProblem(typeof found === 'string' ? found : null)
    if (typeof found !== 'string') have(found)
  }

  const kept = async (wrong: Promise<FormErrors | null>) => {
    const found = await wrong
    if (found === null) setMode('kept')
    return found
  }

  function again() {
    setPicked(null)
    setProblem(null)
    setMode('choose')
  }

  if (mode === 'kept')
    return (
      <Screen title={t('phone.kept_title')} lead={t(waiting === 0 ? 'phone.kept_sent' : 'phone.kept_here')} plain>
        {said !== null && <Notice tone="due">{said}</Notice>}
        <div className="row actions">
          <button type="button" className="button second" onClick={again}>
            {t('phone.another')}
          </button>
          <To href="/" className="line">
            {t('phone.to_lock')}
          </To>
        </div>
      </Screen>
    )
  if (mode === 'choose')
    return (
      <Screen title={t('phone.jot_title')} lead={t('phone.jot_lead')} plain>
        {problem !== null && (
          <Notice tone="urgent" live>
            {t(`attachments.problem.${problem}`)}
          </Notice>
        )}
        <div className="actions stack">
          <button type="button" className="button" onClick={() => setMode('note')}>
            {t('phone.kind.note')}
          </button>
          <button type="button" className="button second" onClick={() => setMode('contact')}>
            {t('phone.jot_contact')}
          </button>
          <button type="button" className="button second" onClick={() => setMode('record')}>
            {t('attachments.record')}
          </button>
          <Pick label={t('attachments.take_photo')} accept="image/*" camera take={take} />
          <Pick label={t('attachments.choose')} accept="image/*,application/pdf" take={take} />
        </div>
        <p>
          <To href="/" className="line">
            {t('phone.to_lock')}
          </To>
        </p>
      </Screen>
    )
  return (
    <Screen title={t(mode === 'contact' ? 'phone.jot_contact' : 'phone.jot_title')} plain>
      {mode === 'record' && <Record speech={speech} done={have} cancel={again} />}
      {mode === 'file' && picked !== null && (
        <>
          <div className="card stack">
            <h2>{t(`attachments.kind.${picked.kind}`)}</h2>
            <ShowFile speech={speech} file={{ ...picked, label: t(`attachments.kind.${picked.kind}`) }} />
          </div>
          <Keep speech={speech} again={again} submit={(values) => kept(file(values, picked))}>
            <Text name="text" label={t('attachments.title')} hint={t('attachments.title_hint')} />
          </Keep>
        </>
      )}
      {mode === 'note' && (
        <Keep
          speech={speech}
          again={again}
          start={start}
          draft={typing}
          left={typed}
          submit={(values) => kept(note(values))}
        >
          <Words name="text" label={t('phone.note_text')} hint={t('notice.no_intelligence')} rows={5} required />
        </Keep>
      )}
      {mode === 'contact' && (
        <Keep
          speech={speech}
          again={again}
          start={start}
          draft={typing}
          left={typed}
          submit={(values) => kept(contact(values))}
        >
          <Choice
            name="what"
            label={t('phone.what')}
            required
            options={ContactKind.options.map((value) => ({ value, label: t(`justice.kind.${value}`) }))}
          />
          <Select
            name="authority"
            label={t('justice.authority')}
            options={authorities}
            empty={t('field.choose')}
            required
          />
          <When name="when" label={t('phone.when')} dayLabel={t('care.day')} timeLabel={t('care.time')} required />
          <Text name="where" label={t('phone.where')} maxLength={300} />
          <Text name="calledBy" label={t('phone.called_by')} maxLength={300} />
        </Keep>
      )}
    </Screen>
  )
}

type KeepProps = {
  speech: Speech
  start?: FormValues
  draft?: DraftKeeper
  left?: () => void
  submit: (values: FormValues) => Promise<FormErrors | null>
  again: () => void
  children: ReactNode
}

function Keep({ speech, start = {}, draft, left, submit, again, children }: KeepProps) {
  // After the form itself has gone: its last words are kept first.
  useEffect(() => () => void window.setTimeout(() => left?.()), [left])
  return (
    <Form
      speech={speech}
      button={speech.t('phone.keep')}
      start={start}
      {...(draft === undefined ? {} : { draft })}
      submit={submit}
      aside={
        <button type="button" className="linkish" onClick={again}>
          {speech.t('attachments.back')}
        </button>
      }
    >
      {() => children}
    </Form>
  )
}
