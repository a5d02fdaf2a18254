import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { Bases, type ShownBasis } from './Bases.tsx'
import { CareTeams, type ShownTeam } from './CareTeams.tsx'

export type Entry = {
  id: string
  purpose: string
  /** Which body, as the child would say it; null where it is about nobody else. */
  to: string | null
  status: { text: string; tone: Tone }
  /** Who answered what. */
  answers: readonly string[]
  /** When, who explained, in which language, which text. */
  how: string
  /** The very text they were shown. */
  shown: { language: string; words: string } | null
  said: string | null
  ended: string | null
  canEnd: boolean
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  open: readonly Entry[]
  other: readonly Entry[]
  /** Who reads because of it. */
  teams: readonly ShownTeam[]
  /** What is told, or waits to be, because nobody could be asked. */
  bases: readonly ShownBasis[]
  canWrite: boolean
  canName: boolean
  problem: string | null
}

/** What was agreed, and what is open because of it; what was refused and ended stands below, and costs nothing. */
export function Ledger({ speech: { t }, caseId, alias, open, other, teams, bases, canWrite, canName, problem }: Props) {
  return (
    <Screen title={t('referrals.ledger', { alias })} lead={t('referrals.ledger_lead')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {canWrite && (
        <div className="actions row not-printed">
          <To href={`/cases/${caseId}/consent/ask`} className="button">
            {t('referrals.ask')}
          </To>
          <To href={`/cases/${caseId}/consent/basis`} className="button second">
            {t('referrals.basis_link')}
          </To>
        </div>
      )}
      <CareTeams t={t} caseId={caseId} teams={teams} canName={canName} />
      <section className="group stack">
        <h2>{t('referrals.open_now', { count: open.length })}</h2>
        {open.length === 0 && <p>{t('referrals.open_none')}</p>}
        <Entries entries={open} t={t} caseId={caseId} canWrite={canWrite} />
      </section>
      <Bases t={t} bases={bases} />
      {other.length > 0 && (
        <section className="group stack">
          <h2>{t('referrals.not_open')}</h2>
          <Entries entries={other} t={t} caseId={caseId} canWrite={canWrite} />
        </section>
      )}
    </Screen>
  )
}

type ListProps = { entries: readonly Entry[]; t: Speech['t']; caseId: string; canWrite: boolean }

function Entries({ entries, t, caseId, canWrite }: ListProps) {
  return (
    <ul className="plain stack">
      {entries.map((one) => (
        <li key={one.id} className="card stack">
          <div className="spread">
            <h3>{one.purpose}</h3>
            <Status tone={one.status.tone}>{one.status.text}</Status>
          </div>
          {one.to !== null && (
            <p className="words" translate="no" dir="auto">
              {one.to}
            </p>
          )}
          <ul className="plain small">
            {one.answers.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          {one.said !== null && (
            <div className="voice">
              <p className="words" translate="no" dir="auto">
                “{one.said}”
              </p>
            </div>
          )}
          <p className="small">{one.how}</p>
          {one.shown !== null && (
            <details className="not-printed">
              <summary>{t('referrals.show_text')}</summary>
              <p className="words" lang={one.shown.language} dir="auto">
                {one.shown.words}
              </p>
            </details>
          )}
          {one.ended !== null && <p className="small">{one.ended}</p>}
          {one.canEnd && canWrite && (
            <div className="actions not-printed">
              <To href={`/cases/${caseId}/consent/${one.id}/end`} className="button second">
                {t('referrals.end')}
              </To>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
