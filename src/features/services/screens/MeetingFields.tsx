import type { Speech } from '../../../web/language.ts'
import { Choice, Choices, OnDay, Text, Words } from '../../../web/ui/Field.tsx'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Afraid, MeetingOutcome, sharesARoom, TookPart, Yes } from '../meeting.ts'

/** A talk with people around a child: whether it is safe comes first, and whose yes there is. */
export function MeetingFields({ speech: { t }, values }: { speech: Speech; values: FormValues }) {
  const yes = Yes.options.map((value) => ({ value, label: t(`services.yes.${value}`) }))
  const tookPart = TookPart.options.filter((each) => many(values, 'tookPart').includes(each))
  const [afraid, together] = [
    one(values, 'afraid'),
    sharesARoom({ isTogether: one(values, 'isTogether') === 'yes', tookPart }),
  ]
  return (
    <>
      <Notice tone="info">{t('services.meeting_lead')}</Notice>
      <Choice
        name="afraid"
        label={t('services.afraid')}
        hint={t('services.afraid_hint')}
        required
        options={Afraid.options.map((value) => ({ value, label: t(`services.afraid.${value}`) }))}
      />
      <Choice
        name="isTogether"
        label={t('services.together')}
        required
        options={(['no', 'yes'] as const).map((value) => ({ value, label: t(`services.together.${value}`) }))}
      />
      {together && afraid === 'yes' && (
        <Notice tone="due" live>
          {t('refused.meeting_not_safe')}
        </Notice>
      )}
      <Choices
        name="tookPart"
        label={t('services.took_part')}
        hint={t('services.took_part_hint')}
        required
        options={TookPart.options.map((value) => ({ value, label: t(`services.took_part.${value}`) }))}
      />
      <Choice
        name="childYes"
        label={t('services.child_yes')}
        hint={t('services.child_yes_hint')}
        required
        options={yes}
      />
      <Choice
        name="carerYes"
        label={t('services.carer_yes')}
        required
        options={yes.filter(({ value }) => value !== 'too_young')}
      />
      <Text name="ledBy" label={t('services.led_by')} maxLength={120} />
      <Words
        name="said"
        label={t('services.meeting_said')}
        hint={t('services.meeting_said_hint')}
        required
        rows={2}
        maxLength={500}
      />
      <Words name="answered" label={t('services.meeting_answered')} rows={2} maxLength={500} />
      <Words name="agreed" label={t('services.meeting_agreed')} rows={2} maxLength={1000} />
      <Choice
        name="outcome"
        label={t('services.meeting_outcome')}
        required
        options={MeetingOutcome.options.map((value) => ({ value, label: t(`services.meeting_outcome.${value}`) }))}
      />
      <Words name="next" label={t('services.meeting_next')} rows={2} maxLength={500} />
      <OnDay name="nextOn" label={t('services.meeting_next_on')} />
    </>
  )
}
