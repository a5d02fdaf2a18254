import { useState } from 'react'
import type { Speech } from './language.ts'
import { Form } from './ui/Form.tsx'
import { Text } from './ui/Field.tsx'
import { one } from './ui/form-values.ts'
import { Notice } from './ui/Notice.tsx'
import { To } from './ui/To.tsx'

type Props = { speech: Pick<Speech, 't'>; tryPin: (pin: string) => void; hide: () => void }

/** What stands over everything while the key is still in memory: no name, no alias, one field. */
export function Cover({ speech, tryPin, hide }: Props) {
  const { t } = speech
  const [round, setRound] = useState(0)
  return (
    <main className="cover">
      <div className="stack">
        <h1>{t('frame.neutral')}</h1>
        <Form
          key={round}
          speech={speech}
          button={t('lock.open')}
          submit={async (values) => {
            tryPin(one(values, 'pin'))
            setRound(round + 1)
            return null
          }}
        >
          {() => (
            <Text name="pin" label={t('lock.pin')} type="password" inputMode="numeric" short required maxLength={12} />
          )}
        </Form>
        {round > 0 && (
          <Notice tone="due" live>
            {t('lock.wrong_pin')}
          </Notice>
        )}
        <To href="/jot">{t('lock.write')}</To>
        <button type="button" className="linkish" onClick={hide}>
          {t('frame.hide')}
        </button>
      </div>
    </main>
  )
}

/** The first start of a device without a line to its server. */
export function StartNotice({ speech: { t }, again }: { speech: Pick<Speech, 't'>; again: () => void }) {
  return (
    <div className="plainpage stack">
      <h1>{t('start.unreachable')}</h1>
      <p>{t('start.unreachable_help')}</p>
      <button type="button" className="button" onClick={again}>
        {t('start.again')}
      </button>
    </div>
  )
}
