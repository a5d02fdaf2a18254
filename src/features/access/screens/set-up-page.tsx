import { makePassphrase, normalise, passphraseRefusal } from '../../../crypto/passphrase.ts'
import { useDesk } from '../../../web/app-context.ts'
import { isLanguage } from '../../../web/language.ts'
import { pinRefusal } from '../../../web/pin.ts'
import { SetUp } from './SetUp.tsx'

/** The least length of a passphrase somebody chooses herself; the device's own key asks for the same. */
const LEAST = 20

export function SetUpPage() {
  const { app, desk, speech, start, rows } = useDesk()
  const { t } = speech
  const sentenceOf = (reason: string) => speech.find(`passphrase.${reason}`) ?? t('field.does_not_fit')
  return (
    <SetUp
      speech={speech}
      languages={start.languages.filter(isLanguage)}
      speak={(language) => void app.speak(language)}
      offer={makePassphrase}
      judge={(passphrase) => {
        const refusal = passphraseRefusal(passphrase, LEAST)
        return refusal === null ? null : sentenceOf(refusal.reason)
      }}
      same={(one, other) => normalise(one) === normalise(other)}
      judgePin={(pin) => {
        const refusal = pinRefusal(pin)
        return refusal === null ? null : t(`pin.${refusal}`)
      }}
      cases={[...rows.values()].filter((row) => row.thing === 'case').length}
      finish={async (passphrase, pin) => {
        if (desk.vault.lasting) return t('access.set_up_already')
        const refusal = await app.setUpDevice(passphrase, pin)
        if (refusal !== null) return sentenceOf(refusal.reason)
        await app.state().desk?.rounds.now()
        return null
      }}
    />
  )
}
