import { useState } from 'react'
import type { AnswerPart, Question, QuestionSection } from '../../../core/questions.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { startOfDay } from '../../../core/time.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { isUnasked, knownAnswers, type KnownAnswers, sectionState } from '../sections.ts'
import type { KeptSheet } from '../sheet.ts'
import { handedInBy } from './handed-in-by.ts'
import { answerText, whoText } from './answer-text.ts'
import { useApart } from './apart.ts'
import { type AssessmentHere, saidText, useAssessment } from './assessment-pages.tsx'
import { Answers, type ReadAnswer, ReadAssessment, type ReadSection } from './ReadAssessment.tsx'

export function ReadPage() {
  const here = useAssessment()
  const { caseId, found, speech, pack, person, view, timeZone, now, today, problem } = here
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row } = found.opened
  const { roundId, sheets, submission, rounds } = view
  const current = rounds.find((one) => one.id === roundId)
  const newer = rounds.filter((one) => current !== undefined && one.begunAt > current.begunAt)
  const isEarlier = newer.length > 0
  // An earlier assessment says what was known then, not what was learned since.
  const later = new Set(newer.map((one) => one.id))
  const then = sheets.filter((one) => one.roundId === null || !later.has(one.roundId))
  const known = knownAnswers(then)
  const sections = pack.questions.filter(({ step, part }) => part === 'services' && step === 'assessment')

  return (
    <ReadAssessment
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      state={view.state}
      isEarlier={isEarlier}
      said={saidText(here)}
      about={
        current === undefined || current.why === null
          ? null
          : t('assessment.again_from', { day: dayText(speech, current.begunAt, timeZone, now), why: current.why })
      }
      conclusion={
        submission === null
          ? null
          : {
              text: submission.conclusion,
              risk: t('assessment.risk_now', { risk: t(`assessment.risk.${submission.harmToChild}`) }),
              who: t('assessment.handed_in', {
                name: handedInBy(submission, here),
                when: momentText(speech, submission.submittedAt, timeZone, now),
              }),
            }
      }
      voice={
        submission === null || (submission.childSays ?? '') === ''
          ? null
          : { text: submission.childSays ?? '', who: onDay(here, submission.childSaidOn) }
      }
      silent={
        submission === null || submission.childSilent === null ? null : t(`assessment.none.${submission.childSilent}`)
      }
      sections={sections.map(shown)}
      decideHref={
        person.role === 'supervisor' && view.state === 'waiting' && !isEarlier
          ? `/cases/${caseId}/assessment/answer`
          : null
      }
      problem={problem === null ? null : errorText(speech, problem)}
    >
      {pack.questions
        .filter(({ step, part }) => part !== 'services' && step === 'assessment')
        .map((section) => (
          <Closed key={section.id} here={here} section={section} />
        ))}
    </ReadAssessment>
  )

  function shown(section: QuestionSection): ReadSection {
    const its = then.filter((one) => one.section === section.id && one.roundId === roundId)
    const state = sectionState(section, roundId, then, known, today)
    return {
      id: section.id,
      title: speech.label(section.title),
      state: t(`assessment.section.${state}`),
      answers: state === 'not_needed' ? [] : answersOf(here, section.questions, known),
      voices: voicesOf(here, its),
      why: state === 'not_needed' ? (its.at(-1)?.why ?? null) : null,
    }
  }
}

function onDay({ speech, timeZone, now }: AssessmentHere, day: KeptSheet['childSaidOn']): string {
  return day === null ? '' : dayText(speech, startOfDay(day, timeZone), timeZone, now)
}

function voicesOf(here: AssessmentHere, sheets: readonly KeptSheet[]): ReadSection['voices'] {
  return sheets.flatMap(({ id, childSays, childSaidOn, at }) =>
    (childSays ?? '') === ''
      ? []
      : [
          {
            id,
            text: childSays ?? '',
            who: childSaidOn === null ? dayText(here.speech, at, here.timeZone, here.now) : onDay(here, childSaidOn),
          },
        ],
  )
}

/** What is known to questions, with who said it, and what was said before. */
export function answersOf(here: AssessmentHere, questions: readonly Question[], known: KnownAnswers): ReadAnswer[] {
  const { speech } = here
  return questions.flatMap((question) => {
    const found = known.get(question.id)
    if (found === undefined)
      return [
        {
          id: question.id,
          ask: speech.label(question.ask),
          text: speech.t('assessment.none.not_asked_yet'),
          who: null,
          isFolded: false,
          earlier: [],
        },
      ]
    return [
      {
        id: question.id,
        ask: speech.label(question.ask),
        text: answerText(question, found.answer, here),
        who: isUnasked(found.answer) ? null : whoText(found, here),
        isFolded: question.folded && !('none' in found.answer),
        earlier: question.folded
          ? []
          : found.earlier.map((one) =>
              speech.t('assessment.before', {
                when: dayText(speech, one.at, here.timeZone, here.now),
                answer: answerText(question, one.answer, here),
              }),
            ),
      },
    ]
  })
}

/** A section that lies apart: one calm line, opened by choice, closed again when the screen is left; never printed. */
function Closed({ here, section }: { here: AssessmentHere; section: QuestionSection }) {
  const [isOpen, open] = useState(false)
  const { t, label } = here.speech
  return (
    <section className="group not-printed">
      <h2>{label(section.title)}</h2>
      <div className="card stack">
        {isOpen ? (
          <Opened here={here} section={section} part={section.part} />
        ) : (
          <>
            <p className="small">
              {t(section.part === 'health' ? 'assessment.health_lead' : 'assessment.account_lead')}
            </p>
            <div className="actions">
              <button type="button" className="button second" onClick={() => open(true)}>
                {t('assessment.open_it')}
              </button>
            </div>
          </>
        )}
      </div>
    </section>
  )
}

function Opened({ here, section, part }: { here: AssessmentHere; section: QuestionSection; part: AnswerPart }) {
  const found = useApart(here.caseId, part)
  const { t } = here.speech
  if (found.state === 'asking') return <p className="small">{t('wait')}</p>
  if (found.state === 'failed') return <p className="small">{errorText(here.speech, found.code)}</p>
  const its = found.sheets.filter((one) => one.section === section.id)
  if (its.length === 0) return <p className="small">{t('assessment.nothing_there')}</p>
  return (
    <>
      {voicesOf(here, its).map((one) => (
        <div key={one.id} className="voice">
          <p className="words" translate="no">
            “{one.text}”
          </p>
          <p className="small">{one.who}</p>
        </div>
      ))}
      <Answers speech={here.speech} answers={answersOf(here, section.questions, knownAnswers(its))} />
    </>
  )
}
