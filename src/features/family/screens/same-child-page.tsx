import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { SameChild, type WaitingLine } from './SameChild.tsx'

type Of = { id: string; caseId: string; alias: string; workerName: string | null }
type Link = Of & { side: 'asked' | 'was_asked'; state: 'waiting' | 'agreed'; askedAt: Instant }
type Answer = { waiting: (Of & { dueAt: Instant })[]; contacts: Of[]; links: Link[] }

export function SameChildPage() {
  const { app, desk, speech, pack, now } = useDesk()
  const { t } = speech
  const asked = useAnswer(
    'same-child',
    // Our own server answers in its own schema.
    async () => (await app.api.get('/api/team-same-child')) as Answer,
    desk.replica.state().syncedAt ?? '',
  )
  const when = (at: Instant) => momentText(speech, at, pack.timeZone, now)
  const worker = ({ workerName }: Of) =>
    workerName === null ? t('family.nobody_carries') : t('family.must_answer', { name: workerName })

  function line(of: Of, who: string, about: string, href: string): WaitingLine {
    return { key: of.id, alias: of.alias, who, about, href }
  }
  function groupsOf({ waiting, contacts, links }: Answer) {
    const people = ({ caseId }: Of) => `/cases/${caseId}/people`
    const since = (of: Link) => t('family.asked_since', { when: when(of.askedAt) })
    const open = links.filter(({ state }) => state === 'waiting')
    return [
      {
        key: 'match' as const,
        lines: waiting.map((of) =>
          line(of, worker(of), t('time.due', { when: when(of.dueAt) }), `/cases/${of.caseId}/match/${of.id}`),
        ),
      },
      {
        key: 'contact' as const,
        lines: contacts.map((of) =>
          line(of, of.workerName ?? t('family.nobody_carries'), '', `/cases/${of.caseId}/match/${of.id}`),
        ),
      },
      {
        key: 'link' as const,
        lines: open.filter(({ side }) => side === 'was_asked').map((of) => line(of, worker(of), since(of), people(of))),
      },
      {
        key: 'other' as const,
        lines: open
          .filter(({ side }) => side === 'asked')
          .map((of) => line(of, t('family.other_answers'), since(of), people(of))),
      },
      {
        key: 'agreed' as const,
        lines: links
          .filter(({ state }) => state === 'agreed')
          .map((of) => line(of, of.workerName ?? t('family.nobody_carries'), '', people(of))),
      },
    ].map((group) => ({
      ...group,
      title: t(`family.same_child_${group.key}`, { count: group.lines.length }),
      lead: t(`family.same_child_${group.key}_lead`),
    }))
  }
  return (
    <SameChild
      speech={speech}
      groups={asked.state === 'answered' ? groupsOf(asked.value) : null}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}
