import type { Speech } from '../../../web/language.ts'
import { OnDay, type Option, Select, Words } from '../../../web/ui/Field.tsx'
import { type DraftKeeper, Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Facts } from '../../../web/ui/Facts.tsx'
import type { ShownTalk } from './Supervision.tsx'

type Submit = (values: FormValues) => Promise<FormErrors | null>
type Props = { speech: Speech; draft: DraftKeeper; submit: Submit }

/** When somebody is away, and who covers. Why is not asked. */
export function LeaveForm({
  speech,
  title,
  colleagues,
  draft,
  submit,
}: Props & { title: string; colleagues: readonly Option[] }) {
  const { t } = speech
  return (
    <Screen title={title} lead={t('supervision.leave_lead')}>
      <Form speech={speech} button={t('save.button')} draft={draft} submit={submit}>
        {() => (
          <>
            <OnDay name="fromOn" label={t('supervision.from_on')} required />
            <OnDay name="untilOn" label={t('supervision.until_on')} required />
            <Select
              name="coveredBy"
              label={t('supervision.covered_by')}
              hint={t('supervision.cover_opens_nothing')}
              options={colleagues}
              empty={t('supervision.nobody_covers')}
            />
          </>
        )}
      </Form>
    </Screen>
  )
}

/** What was talked about work as a whole with one person, and a form for the next; read by the two of them. */
export function WorkTalks({
  speech,
  name,
  talks,
  start,
  draft,
  submit,
}: Props & { name: string; talks: readonly ShownTalk[] | null; start: FormValues }) {
  const { t } = speech
  return (
    <Screen title={t('supervision.work_talks_with', { name })} lead={t('supervision.work_talk_lead')}>
      <Form speech={speech} button={t('save.button')} start={start} draft={draft} submit={submit}>
        {() => (
          <>
            <OnDay name="heldOn" label={t('supervision.held_on')} required />
            <Words name="talked" label={t('supervision.talked')} hint={t('supervision.work_talked_hint')} required />
            <Words name="agreed" label={t('supervision.agreed')} maxLength={2000} rows={2} />
            <Words name="needed" label={t('supervision.needed')} maxLength={1000} rows={2} />
            <OnDay name="nextOn" label={t('supervision.next_on')} />
            <Notice>{t('supervision.no_health')}</Notice>
          </>
        )}
      </Form>
      <TalkList speech={speech} talks={talks} />
    </Screen>
  )
}

export function TalkList({ speech, talks }: { speech: Speech; talks: readonly ShownTalk[] | null }) {
  const { t } = speech
  return (
    <section className="group">
      <h2>{t('supervision.work_talks')}</h2>
      {talks === null && <p role="status">{t('wait')}</p>}
      {talks?.length === 0 && <p>{t('supervision.no_work_talks')}</p>}
      <ul className="plain stack">
        {talks?.map(({ id, title, about, said }) => (
          <li key={id} className="card stack">
            <h3>{title}</h3>
            <p className="small">{about}</p>
            <Facts facts={said} />
          </li>
        ))}
      </ul>
    </section>
  )
}
