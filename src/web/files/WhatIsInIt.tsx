import type { Speech } from '../language.ts'
import { Choice } from '../ui/Field.tsx'

/** Whether a picture shows people or a paper, in one tap: after a no to a photograph only the paper is kept. */
export function WhatIsInIt({ speech: { t } }: { speech: Pick<Speech, 't'> }) {
  return (
    <Choice
      name="picture"
      label={t('attachments.picture')}
      required
      options={(['photo', 'document'] as const).map((value) => ({ value, label: t(`attachments.picture.${value}`) }))}
    />
  )
}
