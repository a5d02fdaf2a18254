import type { ReactNode } from 'react'
import type { PublicPack } from '../../../core/country.ts'
import type { Instant } from '../../../core/time.ts'
import type { Speech } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { ClockBar } from '../../../web/ui/ClockBar.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Duty } from '../duties.ts'
import {
  dutyTitle,
  lawText,
  limitText,
  otherLimitText,
  ruleOf,
  sourceText,
  standingText,
  TONES,
  usedOf,
} from './texts.ts'

export type Around = { pack: PublicPack; speech: Speech; now: Instant; timeZone: string }

type Props = { around: Around; duty: Duty; authority: string; href: string | null }

/** One safeguard as it stands: bar, word and colour; the law and how sure we are of it under each. */
export function DutyCard({ around, duty, authority, href }: Props) {
  const { pack, speech, now, timeZone } = around
  const { t } = speech
  const { id, clock, standing } = duty
  const rule = ruleOf(pack, id)
  const title = dutyTitle(pack, speech, id)
  const said = standingText(pack, speech, duty, around)
  const used = usedOf(clock, now)
  const limit = limitText(pack, speech, id)
  const isSettled = standing === 'met' || standing === 'met_late' || standing === 'not_met' || standing === 'ended'
  return (
    <li className="card">
      <div className="spread loose">
        <h3>{title}</h3>
        <Status tone={TONES[standing]} {...(standing === 'running' ? { icon: 'clock' } : {})}>
          {said}
        </Status>
      </div>
      {used !== null && standing !== 'ended' && (
        <ClockBar label={`${title}: ${said}`} used={used} tone={TONES[standing]} />
      )}
      <p className="small">
        {clock !== null && used !== null
          ? t('justice.due_limit', { when: momentText(speech, clock.dueAt, timeZone, now), limit })
          : limit === '' || standing !== 'to_find_out'
            ? ''
            : t('justice.at_once_not_shown')}{' '}
        {t('justice.owed_by', { authority })}
      </p>
      {rule !== null && <Law around={around} id={id} />}
      {href !== null && (
        <p className="not-printed">
          <To href={href} className="line">
            {t(isSettled ? 'justice.change_answer' : 'justice.give_answer')}
            <span className="unseen">: {title}</span>
          </To>
        </p>
      )}
    </li>
  )
}

/** What the safeguard rests on; where national law pulls the other way it stands in the open, never folded away. */
export function Law({ around: { pack, speech }, id, children }: { around: Around; id: string; children?: ReactNode }) {
  const rule = ruleOf(pack, id)
  if (rule === null) return null
  const { t, label } = speech
  const other = otherLimitText(speech, rule)
  return (
    <>
      <p className="tiny">{lawText(pack, speech, rule)}</p>
      {(other !== null || rule.conflict !== null) && (
        <Notice tone="due">
          <p className="small">
            <strong>{t('justice.laws_differ')}</strong>
          </p>
          {other !== null && <p className="small">{other}</p>}
          {rule.conflict !== null && <p className="small">{rule.conflict}</p>}
        </Notice>
      )}
      <details className="tiny">
        <summary>{t('justice.what_it_says')}</summary>
        <p>{label(rule.rule)}</p>
        <ul>
          {rule.sources.map((source) => (
            <li key={`${source.id}${source.locator ?? ''}`}>{sourceText(pack, source)}</li>
          ))}
        </ul>
        {rule.recalledParts.length > 0 && <p>{t('justice.recalled_parts')}</p>}
        {children}
      </details>
    </>
  )
}
