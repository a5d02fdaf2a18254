import { type Day, startOfDay } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText, monthText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { Said } from '../../../web/ui/Facts.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRows } from '../../cases/screens/use-rows.ts'
import type { ReadNote } from '../talk.ts'
import { Supervision, type ShownReview, type ShownTalk } from './Supervision.tsx'
import { type Looked, lookedAt } from './view.ts'

export function SupervisionPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const kept = useRows(caseId, 'supervision')
  const [reason] = useReason(caseId)
  const { app, desk, speech, pack, person, now } = useDesk()
  const asked = useAnswer(
    `talks|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      ((await app.api.get(`/api/cases/${caseId}/talks`, reasonHeaders(caseId))) as { notes: ReadNote[] }).notes,
    desk.replica.waiting().length,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  if (kept.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { case: row, isMine, timeZone } = found.opened
  const day = (of: Day) => dayText(speech, startOfDay(of, timeZone), timeZone, now)
  return (
    <Supervision
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      talks={asked.state === 'answered' ? asked.value.map(talk) : null}
      reviews={lookedAt(kept.rows, caseId).map(review)}
      canNote={person.role === 'supervisor'}
      problem={
        asked.state !== 'failed'
          ? null
          : asked.code === 'no_connection'
            ? t('supervision.talks_online')
            : errorText(speech, asked.code)
      }
    />
  )

  function talk({ id, heldOn, nextOn, withName, writtenByName, talked, agreed, needed }: ReadNote): ShownTalk {
    return {
      id,
      title: t('supervision.talk_on', { day: day(heldOn) }),
      about: t('supervision.between', { one: writtenByName ?? '–', other: withName ?? '–' }),
      said: said([
        [t('supervision.talked'), talked],
        [t('supervision.agreed'), agreed],
        [t('supervision.needed'), needed],
        [t('supervision.next_on'), nextOn === null ? null : day(nextOn)],
      ]),
    }
  }

  function review({ review: of, done }: Looked): ShownReview {
    const by = [of.reviewedByName, of.at === undefined ? null : momentText(speech, of.at, timeZone, now)]
    const isOpen = of.putRightBy !== null && done === null
    return {
      id: of.id,
      title: t('supervision.file_of', { month: monthText(speech, of.month) }),
      about: by.filter((text) => (text ?? '') !== '').join(' · '),
      answers: of.answers.map(({ question, answer }) => ({
        label: codeText(pack, 'quality_question', speech, question),
        text: t(`supervision.answer.${answer}`),
      })),
      said: said([
        [t('supervision.good'), of.good],
        [t('supervision.found'), of.found],
        [t('supervision.put_right_by'), of.putRightBy === null ? null : day(of.putRightBy)],
        [t('supervision.done'), done?.done ?? null],
      ]),
      state: isOpen ? 'open' : of.putRightBy === null ? 'nothing' : 'done',
      putRightHref: isOpen && isMine && row.state === 'open' ? `/cases/${caseId}/supervision/${of.id}/put-right` : null,
    }
  }
}

function said(of: readonly (readonly [label: string, text: string | null])[]): Said[] {
  return of.flatMap(([label, text]) => ((text ?? '') === '' ? [] : [{ label, text: text ?? '' }]))
}
