import { type Day, type Instant, startOfDay } from '../../../core/time.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { childSaysText } from '../../cases/screens/child-says.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { isDetermination } from '../../cases/major-decision.ts'
import { appealUntil } from '../appeal.ts'
import { type BestInterestsRecord, CONSIDERATIONS } from '../record.ts'
import { deciding } from '../weighing.ts'
import { BestInterests } from './BestInterests.tsx'
import type { Said } from '../../../web/ui/Facts.tsx'
import { OneRecord } from './OneRecord.tsx'
import { useBestInterests, usePathId } from './use-best-interests.ts'
import { requestAbout, stateOf } from './view.ts'

const WRITES = ['case_worker', 'intake']

export function BestInterestsPage() {
  const { caseId, found, view, isAsking, speech, person, now, timeZone, problem } = useBestInterests()
  if (found.state !== 'found') return <NotThere found={found} />
  if (isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const when = (at: Instant, name: string | null | undefined) =>
    [momentText(speech, at, timeZone, now), name ?? ''].filter((text) => text !== '').join(' · ')
  const day = (on: Day) => dayText(speech, startOfDay(on, timeZone), timeZone, now)
  return (
    <BestInterests
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      records={view.records.map((one) => ({
        id: one.id,
        title: t(`best_interests.kind.${one.kind}`),
        about: [
          when(one.decidedAt, one.recordedByName),
          ...one.about.map((decision) => t(`best_interests.major.${decision}`)),
        ].join(' · '),
        question: one.question,
        state: stateOf(view, one),
      }))}
      decisions={view.decisions.map((one) => ({
        id: one.id,
        title: t(`best_interests.major.${one.decision}`),
        about: when(one.decidedAt, one.recordedByName),
        text: one.what,
        note: (one.childTold ?? '') === '' ? null : t('best_interests.child_was_told', { words: one.childTold ?? '' }),
        voice: childSaysText(speech, one, day),
      }))}
      urgent={view.urgent.map((one) => ({
        id: one.id,
        title:
          one.decision === null
            ? t('best_interests.protect')
            : `${t('best_interests.protect')} · ${t(`best_interests.major.${one.decision}`)}`,
        about: when(one.protectedAt, one.recordedByName),
        text: one.what,
        note: urgentNote(one.id),
        voice: childSaysText(speech, one, day),
      }))}
      canWrite={isMine && row.state === 'open' && WRITES.includes(person.role)}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )

  function urgentNote(id: string): string | null {
    const request = requestAbout(view, id)
    if (request === null) return null
    if (request.answer !== null) return t(`signatures.done_${request.answer.decision}_after`)
    return t(now > request.dueAt ? 'signatures.late_after' : 'signatures.waits_after')
  }
}

export function OneRecordPage() {
  const { caseId, found, view, isAsking, speech, pack, person, now, timeZone } = useBestInterests()
  const recordId = usePathId('recordId')
  const one = view.records.find((each) => each.id === recordId)
  if (found.state !== 'found') return <NotThere found={found} />
  if (one === undefined)
    return <NotThere found={isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />
  const { t } = speech
  const { case: row, isMine } = found.opened
  const when = (at: Instant) => momentText(speech, at, timeZone, now)
  const appeals = view.appeals.filter((each) => each.recordId === one.id)
  const state = stateOf(view, one)
  const canWrite = isMine && row.state === 'open' && WRITES.includes(person.role)
  const href = `/cases/${caseId}/best-interests/${one.id}`
  const request = requestAbout(view, one.id)
  const signs = person.role === 'supervisor' && request !== null && request.answer === null
  return (
    <OneRecord
      speech={speech}
      alias={row.alias}
      title={t(`best_interests.kind.${one.kind}`)}
      printed={t('cases.printed', { alias: row.alias, when: when(now), name: person.name })}
      state={state}
      notes={[...signatureNotes(), ...appealNotes(one)]}
      question={one.question}
      voices={[
        {
          label:
            one.childHeard === 'heard'
              ? `${t('best_interests.child_view')} · ${saidOn(one)}`
              : t('best_interests.child_view'),
          text: one.childHeard === 'heard' ? (one.childView ?? '') : t(`best_interests.heard.${one.childHeard}`),
        },
        {
          label: t('best_interests.family_view'),
          text: one.familyHeard === 'heard' ? (one.familyView ?? '') : t(`best_interests.heard.${one.familyHeard}`),
        },
      ]}
      options={one.options.map((option, n) => ({
        key: String(n),
        what: option.what,
        speaksFor: option.speaksFor ?? '–',
        speaksAgainst: option.speaksAgainst ?? '–',
        isChosen: option.isChosen,
      }))}
      considerations={said(CONSIDERATIONS.map((name) => [t(`best_interests.consider.${name}`), one[name]]))}
      sides={said([
        [t('best_interests.public_safety'), one.publicSafety],
        [t('best_interests.child_rights'), one.childRights],
        [t('best_interests.reconciled'), one.reconciled],
      ])}
      decided={said([
        [t('best_interests.outcome'), t(`best_interests.outcome.${one.outcome}`)],
        [t('best_interests.decision'), one.decision],
        [t('best_interests.reasons'), one.reasons],
        [t('best_interests.about'), one.about.map((each) => t(`best_interests.major.${each}`)).join(' · ')],
        [
          t('best_interests.triggers'),
          one.triggers.map((each) => codeText(pack, 'best_interests_trigger', speech, each)).join(' · '),
        ],
        [
          t('best_interests.decided_at'),
          [when(one.decidedAt), one.recordedByName ?? ''].filter((text) => text !== '').join(' · '),
        ],
        [
          t('best_interests.review_on'),
          one.reviewOn === null ? null : dayText(speech, startOfDay(one.reviewOn, timeZone), timeZone, now),
        ],
        [
          t('best_interests.appeal_told'),
          one.appealToldOn === null ? null : dayText(speech, startOfDay(one.appealToldOn, timeZone), timeZone, now),
        ],
      ])}
      panel={one.panel.map((seat, n) => ({
        key: String(n),
        as: t(`function.${seat.as}`),
        position: [t(`best_interests.conflict.${seat.conflict}`), t(`best_interests.position.${seat.position}`)].join(
          ' · ',
        ),
        words: seat.seatWords,
      }))}
      quorum={
        isDetermination(one.kind)
          ? t('best_interests.panel_of', { count: deciding(one), quorum: pack.bestInterests.panel.quorum })
          : null
      }
      signHref={signs ? `/cases/${caseId}/sign/${request.id}` : null}
      appeals={appeals.map((each) => ({
        label: `${t(`best_interests.appeal_by.${each.askedBy}`)} · ${when(each.askedAt)}`,
        text: each.why,
      }))}
      links={
        canWrite && isDetermination(one.kind) && state !== 'replaced'
          ? [
              { href: `${href}/appeal`, text: t('best_interests.appeal') },
              { href: `${href}/review`, text: t('best_interests.look_again') },
            ]
          : []
      }
    />
  )

  /** The day the child said it; that of the record, where nobody wrote another. */
  function saidOn({ childSaidOn, decidedAt }: BestInterestsRecord): string {
    const at = (childSaidOn ?? null) === null ? decidedAt : startOfDay(childSaidOn as Day, timeZone) // just asked
    return dayText(speech, at, timeZone, now)
  }

  function signatureNotes(): string[] {
    if (request === null) return []
    const timing = request.act === 'best_interests_determination' ? 'before' : 'after'
    if (request.answer !== null) return [t(`signatures.done_${request.answer.decision}_${timing}`)]
    return [t(`signatures.${now > request.dueAt ? 'late' : 'waits'}_${timing}`)]
  }

  function appealNotes(of: BestInterestsRecord): string[] {
    const { appeal } = pack.bestInterests
    const until = appealUntil(of, pack.bestInterests, timeZone)
    if (until === null) return []
    const id =
      appeal.confidence === 'confirmed_by_counsel' ? 'best_interests.appeal_until' : 'best_interests.appeal_until_open'
    return [t(id, { when: when(until) })]
  }
}

function said(of: readonly (readonly [label: string, text: string | null])[]): Said[] {
  return of.flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label, text: text ?? '' }]))
}
