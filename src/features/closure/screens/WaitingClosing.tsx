import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

type Props = {
  speech: Speech
  alias: string
  asked: string
  /** Where it is answered, for whoever may. */
  answerAt: string | null
  /** When each class of what is in the file would be erased. */
  keeps: readonly { class: string; text: string }[]
  children: ReactNode
}

/** A closing that waits for a signature: what was asked, and what happens to the file with a yes. */
export function WaitingClosing({ speech: { t }, alias, asked, answerAt, keeps, children }: Props) {
  return (
    <Screen title={t('closure.waiting_title', { alias })} lead={asked}>
      {children}
      <Notice>
        <p>{t('closure.what_happens')}</p>
        <ul>
          <li>{t('closure.happens_list')}</li>
          <li>{t('closure.happens_device')}</li>
          <li>{t('closure.happens_reason')}</li>
          {keeps.map((one) => (
            <li key={one.class}>{one.text}</li>
          ))}
        </ul>
      </Notice>
      {answerAt !== null && (
        <div className="actions not-printed">
          <To href={answerAt} className="button">
            {t('closure.answer')}
          </To>
        </div>
      )}
    </Screen>
  )
}
