import { useParams } from '../../../web/here-context.ts'
import { dayOf } from '../../../core/time.ts'
import type { QuestionSection } from '../../../core/questions.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { assessmentOf, type AssessmentView } from '../case-rows.ts'
import { neededSections, pageToGoOn, resumeOf, sectionState, unfinished } from '../sections.ts'
import { Assessment, type ShownSection } from './Assessment.tsx'
import { useStepRows } from './use-step-rows.ts'
import { writesPart } from './who-writes.ts'

/** Everything the pages of one assessment work with; the path may name an earlier one. */
export function useAssessment() {
  const caseId = useCaseId()
  const { roundId } = useParams()
  const found = useCase(caseId)
  const desk = useDesk()
  const { rows, problem, isAsking } = useStepRows(caseId)
  const timeZone = found.state === 'found' ? found.opened.timeZone : desk.pack.timeZone
  const view = assessmentOf(rows, caseId, roundId)
  return { caseId, found, ...desk, timeZone, rows, view, problem, isAsking, today: dayOf(desk.now, timeZone) }
}
export type AssessmentHere = ReturnType<typeof useAssessment>

export function AssessmentPage() {
  const here = useAssessment()
  const { caseId, found, speech, pack, person, view, timeZone, now, today, problem } = here
  if (found.state !== 'found') return <NotThere found={found} />
  if (here.isAsking) return <NotThere found={{ state: 'asking' }} />
  const { t } = speech
  const { case: row } = found.opened
  const isOpen = row.state === 'open'
  const { roundId, known, sheets, state } = view
  const needed = neededSections(pack.questions)
  const apart = pack.questions.filter((section) => section.step === 'assessment' && !needed.includes(section))
  const open = unfinished(pack.questions, roundId, sheets, today)
  const mayWrite = isOpen && writesPart(person.role, 'services')
  const stopped = resumeOf(roundId, sheets)
  const stoppedIn = pack.questions.find((section) => section.id === stopped?.section)

  function shown(section: QuestionSection): ShownSection {
    const { id, part } = section
    const mine = isOpen && writesPart(person.role, part)
    return {
      id,
      title: speech.label(section.title),
      state: part === 'services' ? sectionState(section, roundId, sheets, known, today) : null,
      note:
        part === 'health' && !mine
          ? t('assessment.health_lead')
          : part === 'narrative'
            ? t('assessment.account_lead')
            : null,
      href: mine ? sectionHref(here, section) : null,
    }
  }

  return (
    <Assessment
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      state={state}
      said={saidText(here)}
      resume={
        stopped === null || stoppedIn === undefined || !mayWrite
          ? null
          : {
              text: t('assessment.stopped_at', {
                section: speech.label(stoppedIn.title),
                day: dayText(speech, stopped.at, timeZone, now),
              }),
              next: stopped.next,
              href: sectionHref(here, stoppedIn),
            }
      }
      sections={needed.map(shown)}
      apart={apart.map(shown)}
      done={needed.length - open.length}
      handInHref={
        mayWrite && open.length === 0 && (state === 'draft' || state === 'returned' || state === 'changed')
          ? `/cases/${caseId}/assessment/conclude`
          : null
      }
      decideHref={person.role === 'supervisor' && state === 'waiting' ? `/cases/${caseId}/assessment/answer` : null}
      againHref={mayWrite && (state === 'approved' || state === 'changed') ? `/cases/${caseId}/assessment/again` : null}
      earlier={view.rounds
        .filter((one) => one.id !== roundId)
        .map((one) => ({
          id: one.id,
          text: t('assessment.earlier_from', { day: dayText(speech, one.begunAt, timeZone, now) }),
        }))}
      problem={problem === null ? null : errorText(speech, problem)}
    />
  )
}

function sectionHref({ caseId, view, today }: AssessmentHere, section: QuestionSection): string {
  const page = pageToGoOn(section, view.known, today)
  const at = `/cases/${caseId}/assessment/part/${section.id}`
  return page === 0 ? at : `${at}/${page + 1}`
}

/** What the supervisor said, or that it is with her. */
export function saidText({
  view,
  speech,
  timeZone,
  now,
}: Pick<AssessmentHere, 'view' | 'speech' | 'timeZone' | 'now'>): string | null {
  const { state, submission, decision } = view satisfies AssessmentView
  const { t } = speech
  if (state === 'waiting' && submission !== null)
    return t('assessment.said_waiting', { when: momentText(speech, submission.submittedAt, timeZone, now) })
  if (decision === null) return null
  const name = decision.decidedByName ?? t('role.supervisor')
  const when = momentText(speech, decision.decidedAt, timeZone, now)
  const reason = decision.reason ?? ''
  if (decision.decision === 'returned' && reason === '') return t('assessment.said_returned_only', { name, when })
  const said = t(decision.decision === 'approved' ? 'assessment.said_approved' : 'assessment.said_returned', {
    name,
    when,
  })
  return reason === '' ? said : `${said} ${reason}`
}
