import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'

export type Line = { name: string; label: string; text: string; isWords?: boolean }

/** What a worker asks to close a case by, as her supervisor reads it: codes as words, and the child's own words as its own. */
export function ReadClosing({
  lines,
  child,
  children,
}: {
  lines: readonly Line[]
  child: string | null
  children?: ReactNode
}) {
  return (
    <div className="stack wide">
      {child !== null && (
        <div className="voice">
          <p className="words" translate="no">
            “{child}”
          </p>
        </div>
      )}
      <dl className="says">
        {lines.map(({ name, label, text, isWords = false }) => (
          <div key={name}>
            <dt className="small">{label}</dt>
            <dd className={isWords ? 'words' : undefined} translate={isWords ? 'no' : undefined}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  )
}

/** The lines of a request, in the order in which it was written; what was not said has no line. */
export function linesOf(
  { t }: Pick<Speech, 't'>,
  of: {
    reason: string
    goesOnAs: string | null
    reasonWords: string | null
    told: string
    toldWhen: string | null
    toldWords: string | null
    feedback: string
    contact: string
    contactWhen: string | null
    contactSafely: string | null
    attempts: readonly string[]
    asksToKeep: boolean
  },
): Line[] {
  const lines: (Line | null)[] = [
    { name: 'reason', label: t('closure.why'), text: of.reason },
    of.goesOnAs === null ? null : { name: 'goesOn', label: t('closure.goes_on_as'), text: of.goesOnAs },
    words('reasonWords', t('closure.reason_words'), of.reasonWords),
    of.attempts.length === 0 ? null : { name: 'attempts', label: t('closure.attempts'), text: of.attempts.join(' · ') },
    { name: 'told', label: t('closure.told'), text: [of.told, of.toldWhen].filter((one) => one !== null).join(' · ') },
    words('toldWords', t('closure.told_words'), of.toldWords),
    { name: 'feedback', label: t('closure.feedback'), text: of.feedback },
    {
      name: 'contact',
      label: t('closure.contact'),
      text: [of.contact, of.contactWhen].filter((one) => one !== null).join(' · '),
    },
    words('contactSafely', t('closure.contact_safely'), of.contactSafely),
    of.asksToKeep ? { name: 'keep', label: t('closure.asked_to_keep'), text: t('closure.asks_to_keep') } : null,
  ]
  return lines.filter((line) => line !== null)
}

function words(name: string, label: string, text: string | null): Line | null {
  return text === null ? null : { name, label, text, isWords: true }
}
