import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'

export type Keep = 'mine' | 'theirs' | 'both'
/** One of two accounts: whose it is and when, what it says, and how the operation calls it. */
export type Account = { keep: 'mine' | 'theirs'; who: string; says: string; isMine: boolean }
export type ShownDifference = {
  id: string
  field: string
  accounts: readonly [Account, Account]
  /** Both texts, to be written into one; null where only one of two codes or numbers can stand. */
  both: string | null
}

type Props = {
  speech: Speech
  alias: string
  /** One at a time; null while they are fetched. */
  difference: ShownDifference | null
  left: number
  problem: string | null
  settle: (id: string, keep: Keep, both: string | null) => void
}

/** Two people wrote something different: a person chooses, and neither is lost before that. */
export function Differences({ speech: { t }, alias, difference, left, problem, settle }: Props) {
  return (
    <Screen
      title={t('cases.differences', { alias, count: left })}
      lead={left === 0 ? undefined : t('cases.differences_lead')}
    >
      {problem !== null && (
        <Notice tone="due" live>
          {problem}
        </Notice>
      )}
      {difference === null && problem === null && <p>{t(left === 0 ? 'cases.differences_none' : 'wait')}</p>}
      {difference !== null && (
        <section key={difference.id} className="stack" aria-label={difference.field}>
          <h2>{difference.field}</h2>
          <div className="says">
            {difference.accounts.map(({ keep, who, says, isMine }) => (
              <div key={keep} className="card stack">
                <h3>{t(isMine ? 'cases.difference_mine' : 'cases.difference_theirs')}</h3>
                <p className="tiny">{who}</p>
                <p className="words" translate="no" dir="auto">
                  {says}
                </p>
                <div className="actions">
                  <button
                    type="button"
                    className={isMine ? 'button' : 'button second'}
                    onClick={() => settle(difference.id, keep, null)}
                  >
                    {t(isMine ? 'cases.keep_mine' : 'cases.keep_theirs')}
                  </button>
                </div>
              </div>
            ))}
          </div>
          {difference.both !== null && (
            <WriteBoth t={t} start={difference.both} write={(text) => settle(difference.id, 'both', text)} />
          )}
        </section>
      )}
    </Screen>
  )
}

function WriteBoth({ t, start, write }: { t: Speech['t']; start: string; write: (text: string) => void }) {
  const [text, setText] = useState(start)
  return (
    <details className="card">
      <summary>{t('cases.write_both')}</summary>
      <div className="stack">
        <label className="field">
          <span>{t('cases.write_both_label')}</span>
          <textarea
            rows={3}
            value={text}
            maxLength={4000}
            spellCheck={false}
            translate="no"
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="actions">
          <button
            type="button"
            className="button second"
            disabled={text.trim() === ''}
            onClick={() => write(text.trim())}
          >
            {t('cases.write_both_keep')}
          </button>
        </div>
      </div>
    </details>
  )
}
