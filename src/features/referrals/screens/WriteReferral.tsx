import type { Speech } from '../../../web/language.ts'
import { Group, OnDay, type Option, Select, Text, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Instant } from '../../../core/time.ts'
import type { Letter as Written } from '../letter.ts'
import type { LetterField } from '../referral.ts'
import { Letter } from './Letter.tsx'

/** What a letter may rest on, with the body it is for and what that body may be told. */
/** `organisation`: the one body this ground is for; null where any of its kind may be written to. */
export type Ground = Option & {
  organisation: string | null
  reach: 'parts' | 'words' | 'nothing'
  fields: readonly LetterField[]
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  grounds: readonly Ground[]
  needs: Option[]
  /** What the file already says, so that nobody types it twice; the worker shortens it. */
  known: { readonly [field in LetterField]?: string }
  letterOf: (values: FormValues) => Written | null
  timeZone: string
  now: Instant
  start: FormValues
  draft: DraftKeeper
  submit: (values: FormValues) => Promise<FormErrors | null>
}

/** A letter is made of nothing, and then of what somebody chose to put in: each thing off by default, each with its reason. */
export function WriteReferral(props: Props) {
  const { speech, caseId, alias, grounds, needs, known, start, draft, submit } = props
  const { t } = speech
  if (grounds.length === 0)
    return (
      <Screen title={t('referrals.write', { alias })} lead={t('referrals.write_lead')}>
        <Notice tone="due">
          <p>{t('referrals.no_ground')}</p>
          <p>
            <To href={`/cases/${caseId}/consent/ask`} className="line">
              {t('referrals.ask')}
            </To>{' '}
            <To href={`/cases/${caseId}/consent/basis`} className="line">
              {t('referrals.basis_link')}
            </To>
          </p>
        </Notice>
      </Screen>
    )
  return (
    <Screen title={t('referrals.write', { alias })} lead={t('referrals.write_lead')}>
      <Form speech={speech} button={t('referrals.write_button')} start={start} draft={draft} submit={submit}>
        {(values) => {
          const ground = grounds.find((each) => each.value === one(values, 'ground'))
          const letter = props.letterOf(values)
          const body = ground?.organisation ?? null
          return (
            <>
              <Select
                name="ground"
                label={t('referrals.ground')}
                hint={t('referrals.ground_hint')}
                required
                options={grounds}
                empty={t('field.choose')}
              />
              <p className="small">
                {t('referrals.ground_other')}{' '}
                <To href={`/cases/${caseId}/consent/ask`} className="line">
                  {t('referrals.ask')}
                </To>{' '}
                <To href={`/cases/${caseId}/consent/basis`} className="line">
                  {t('referrals.basis_link')}
                </To>
              </p>
              <Select name="need" label={t('referrals.need')} required options={needs} empty={t('field.choose')} />
              <Text
                name="organisation"
                label={t('referrals.to_organisation')}
                {...(body === null ? {} : { hint: t('referrals.agreed_body', { organisation: body }) })}
                required={body === null}
              />
              <Text name="toWhom" label={t('referrals.to_whom')} hint={t('referrals.to_whom_hint')} />
              <Words
                name="message"
                label={t('referrals.message')}
                hint={t('notice.no_intelligence')}
                rows={2}
                maxLength={2000}
              />
              {ground?.reach === 'words' && <Notice>{t('referrals.reach_words')}</Notice>}
              {ground?.reach === 'parts' && (
                <Group name="fields" label={t('referrals.fields')} hint={t('referrals.fields_hint')}>
                  <div className="stack">
                    {ground.fields.map((field) => (
                      <Chosen
                        key={field}
                        t={t}
                        field={field}
                        isOn={many(values, 'fields').includes(field)}
                        isKnown={known[field] !== undefined}
                      />
                    ))}
                  </div>
                </Group>
              )}
              <Text name="replyTo" label={t('referrals.reply_to')} hint={t('referrals.reply_to_hint')} required />
              <Text
                name="replyPhone"
                label={t('referrals.reply_phone')}
                hint={t('referrals.reply_phone_hint')}
                inputMode="tel"
                maxLength={40}
                required
              />
              <OnDay name="answerBy" label={t('referrals.answer_by')} required />
              {letter !== null && (
                <section className="group stack">
                  <h2>{t('referrals.preview')}</h2>
                  <Letter
                    speech={speech}
                    timeZone={props.timeZone}
                    now={props.now}
                    head={letter}
                    lines={letter.lines}
                  />
                </section>
              )}
            </>
          )
        }}
      </Form>
    </Screen>
  )
}

type ChosenProps = { t: Speech['t']; field: LetterField; isOn: boolean; isKnown: boolean }

/** One thing that may be told: off until it is chosen, and then with its words and its reason. */
function Chosen({ t, field, isOn, isKnown }: ChosenProps) {
  return (
    <div className="stack">
      <label className="option">
        <input type="checkbox" name="fields" value={field} />
        <span>
          {t(`letter.field.${field}`)}
          {isKnown && <span className="hint"> {t('referrals.field_known')}</span>}
        </span>
      </label>
      {isOn && (
        <div className="card stack">
          <Words name={`text.${field}`} label={t('referrals.field_text')} required rows={2} maxLength={2000} />
          <Text name={`why.${field}`} label={t('referrals.field_why')} required maxLength={300} />
        </div>
      )}
    </div>
  )
}
