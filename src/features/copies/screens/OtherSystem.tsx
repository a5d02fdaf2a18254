import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import './copies.css'

export type OrderedSection = {
  label: string
  fields: readonly { key: string; label: string; text: string; code: string | null }[]
}

type Props = {
  speech: Speech
  title: string
  sections: readonly OrderedSection[]
  isFetching: boolean
  problem: string | null
  isGuess: boolean
  print: () => void
}

/** One case in the order of another system's form, to copy field by field or to print: nobody types twice. */
export function OtherSystem({ speech: { t }, title, sections, isFetching, problem, isGuess, print }: Props) {
  const [copied, setCopied] = useState<string | null>(null)
  async function copy(key: string, text: string): Promise<void> {
    await navigator.clipboard.writeText(text)
    setCopied(key)
  }
  return (
    <Screen title={title} lead={t('copies.system_lead')}>
      {isGuess && <p className="small">{t('copies.system_guess')}</p>}
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {isFetching && problem === null && <p role="status">{t('wait')}</p>}
      {sections.length > 0 && (
        <div className="actions not-printed">
          <button type="button" className="button" onClick={print}>
            {t('print')}
          </button>
        </div>
      )}
      {sections.map(({ label, fields }) => (
        <section key={label} className="group">
          <h2>{label}</h2>
          <table className="sheet to-cards">
            <tbody>
              {fields.map((field) => (
                <tr key={field.key}>
                  <th scope="row">{field.label}</th>
                  <td translate="no" dir="auto">
                    {field.text}
                    {field.code !== null && <span className="tiny"> ({field.code})</span>}
                  </td>
                  <td className="not-printed">
                    {field.text !== '–' && (
                      <button
                        type="button"
                        className="linkish"
                        aria-label={t('copies.copy_field', { field: field.label })}
                        onClick={() => void copy(field.key, field.text)}
                      >
                        {t(copied === field.key ? 'copies.copied' : 'copies.copy')}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Screen>
  )
}
