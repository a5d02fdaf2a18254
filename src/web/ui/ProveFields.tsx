import type { Speech } from '../language.ts'
import { Text } from './Field.tsx'

/** Password and code once more, for what is asked of a person afresh. */
export function ProveFields({ speech: { t } }: { speech: Pick<Speech, 't'> }) {
  return (
    <>
      <Text name="password" label={t('access.password')} type="password" required autoComplete="current-password" />
      <Text
        name="code"
        label={t('access.code')}
        hint={t('access.code_hint')}
        required
        short
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
      />
    </>
  )
}
