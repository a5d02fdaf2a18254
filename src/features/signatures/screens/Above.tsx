import type { Speech } from '../../../web/language.ts'
import { Text } from '../../../web/ui/Field.tsx'
import { Form, type FormErrors } from '../../../web/ui/Form.tsx'
import type { FormValues } from '../../../web/ui/form-values.ts'

export type AboveLine = { id: string; name: string; organisation: string; days: string }

/** Who of another office is called when nobody of this one answers. */
export function Above({ speech: { t }, above }: { speech: Speech; above: readonly AboveLine[] }) {
  return (
    <section className="group stack">
      <h2>{t('signatures.above')}</h2>
      <p className="small">{t(above.length === 0 ? 'signatures.above_none' : 'signatures.above_lead')}</p>
      <ul className="plain stack">
        {above.map(({ id, name, organisation, days }) => (
          <li key={id} className="card">
            <h3>{name}</h3>
            <p className="small">{organisation}</p>
            <p className="tiny">{days}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The number workers call at night for a signature: one of the office, never a private one. */
export function WorkNumber({
  speech,
  phone,
  keep,
}: {
  speech: Speech
  phone: string | null
  keep: (values: FormValues) => Promise<FormErrors | null>
}) {
  const { t } = speech
  return (
    <section className="group stack">
      <h2>{t('signatures.phone')}</h2>
      <p className="small">{t('signatures.phone_lead')}</p>
      <Form speech={speech} button={t('signatures.phone_save')} start={{ phone: [phone ?? ''] }} submit={keep}>
        {() => <Text name="phone" label={t('signatures.phone_number')} maxLength={24} />}
      </Form>
    </section>
  )
}
