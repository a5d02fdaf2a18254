import { startOfDay, type Day, type Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { To } from '../../../web/ui/To.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import type { AttentionReason } from '../attention.ts'

type Team = {
  questions: { id: string; caseId: string; alias: string; askedBy: string | null; at: Instant }[]
  attention: {
    id: string
    caseId: string
    alias: string
    reason: AttentionReason
    raisedBy: string | null
    untilOn: Day
  }[]
}

/** What the team asks of its supervisor, and where somebody asks for eyes on the work; nothing where nobody does. */
export function WorkTeam() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  // Our own server answers in its own schema.
  const asked = useAnswer(
    'work-team',
    async () => (await app.api.get('/api/work/team')) as Team,
    desk.replica.state().syncedAt ?? '',
  )
  if (asked.state !== 'answered') return null
  const { questions, attention } = asked.value
  return (
    <>
      <Lines
        title={t('work.team_questions', { count: questions.length })}
        lines={questions.map(({ id, caseId, alias, askedBy, at }) => ({
          key: id,
          alias,
          about: [askedBy, momentText(speech, at, pack.timeZone, now)].filter(Boolean).join(' · '),
          href: `/cases/${caseId}/questions`,
          button: t('work.answer'),
        }))}
      />
      <Lines
        title={t('work.team_attention', { count: attention.length })}
        lines={attention.map(({ id, caseId, alias, reason, raisedBy, untilOn }) => ({
          key: id,
          alias,
          about: [
            t(`work.reason.${reason}`),
            raisedBy,
            t('work.until', { day: dayText(speech, startOfDay(untilOn, pack.timeZone), pack.timeZone, now) }),
          ]
            .filter(Boolean)
            .join(' · '),
          href: `/cases/${caseId}/attention`,
          button: t('save.look'),
        }))}
      />
    </>
  )
}

type Line = { key: string; alias: string; about: string; href: string; button: string }

function Lines({ title, lines }: { title: string; lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <section className="group">
      <h2>{title}</h2>
      <ul className="plain stack">
        {lines.map(({ key, alias, about, href, button }) => (
          <li key={key} className="card spread">
            <div>
              <h3>{alias}</h3>
              <p className="small">{about}</p>
            </div>
            <To href={href} className="button second small-target">
              {button}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}
