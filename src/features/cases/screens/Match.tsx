import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Likeness, MaskedAttribute } from '../match.ts'

export type MatchLine = { attribute: MaskedAttribute['attribute']; name: string; asked: string; likeness: Likeness }

type Props = {
  speech: Speech
  caseId: string
  alias: string
  /** `waiting`, or what was decided; null while it is fetched. */
  state: string | null
  asker: { organisation: string; name: string | null } | null
  lines: readonly MatchLine[] | null
  problem: string | null
  decide: (decision: 'make_contact' | 'not_the_same') => void
}

const TONES: Record<Likeness, Tone> = { same: 'ok', near: 'info', different: 'quiet', not_known: 'quiet' }

/** Another office asks about a child who may be this one: first letters, how near each answer is, and her decision. */
export function Match({ speech: { t }, caseId, alias, state, asker, lines, problem, decide }: Props) {
  return (
    <Screen title={t('cases.match_title', { alias })} lead={t('cases.match_about')}>
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {lines === null && problem === null && <p role="status">{t('wait')}</p>}
      {asker !== null && <p>{t('cases.match_asker', { office: asker.organisation })}</p>}
      {lines !== null && (
        <dl className="card facts">
          {lines.map(({ attribute, name, asked, likeness }) => (
            <div key={attribute}>
              <dt>{name}</dt>
              <dd className="row">
                <span>{asked}</span>
                <Status tone={TONES[likeness]}>{t(`cases.likeness.${likeness}`)}</Status>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {state === 'waiting' && lines !== null && (
        <div className="stack">
          <Notice>{t('cases.match_decide')}</Notice>
          <div className="actions stack">
            <button type="button" className="button" onClick={() => decide('make_contact')}>
              {t('cases.match_contact')}
            </button>
            <button type="button" className="button second" onClick={() => decide('not_the_same')}>
              {t('cases.match_not_same')}
            </button>
          </div>
        </div>
      )}
      {state === 'make_contact' && (
        <Notice tone="ok" live>
          {asker?.name === null || asker === null
            ? t('cases.match_will_contact')
            : t('cases.match_contact_whom', { name: asker.name, office: asker.organisation })}
        </Notice>
      )}
      {state === 'not_the_same' && (
        <Notice tone="ok" live>
          {t('cases.match_was_not')}
        </Notice>
      )}
      <p>
        <To href={`/cases/${caseId}`} className="line">
          {t('back.case')}
        </To>
      </p>
    </Screen>
  )
}
