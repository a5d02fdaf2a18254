import type { CaseStep } from '../../../core/case-steps.ts'
import { dayOf } from '../../../core/time.ts'
import { isAsked } from '../../../core/questions.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { To } from '../../../web/ui/To.tsx'
import { answerText, whoText } from './answer-text.ts'
import { assessmentOf } from '../case-rows.ts'
import { isUnasked } from '../sections.ts'
import { useStepRows } from './use-step-rows.ts'
import { writesPart } from './who-writes.ts'

/** The country's own questions of a step with what was answered: on the screens of that step, and printed with them. */
export function CountryQuestions({ caseId, step }: { caseId: string; step: CaseStep }) {
  const { speech, pack, now, person } = useDesk()
  const { rows, of } = useStepRows(caseId)
  const sections = pack.questions.filter((section) => section.step === step && section.step !== 'assessment')
  if (sections.length === 0 || of === null) return null
  const { t, label } = speech
  const timeZone = zoneOf(pack, of.region)
  const around = { speech, timeZone, now }
  const { known } = assessmentOf(rows, caseId)
  const today = dayOf(now, timeZone)
  const canWrite = of.state === 'open' && writesPart(person.role, 'services')
  return sections.map((section) => (
    <section key={section.id} className="group">
      <h2>{label(section.title)}</h2>
      <div className="card stack">
        <dl className="facts">
          {section.questions.map((question) => {
            const found = known.get(question.id)
            if (found === undefined && !isAsked(question, today)) return null
            return (
              <div key={question.id}>
                <dt>{label(question.ask)}</dt>
                <dd>
                  <span className="words" translate="no">
                    {found === undefined
                      ? t('assessment.none.not_asked_yet')
                      : answerText(question, found.answer, around)}
                  </span>
                  {found !== undefined && !isUnasked(found.answer) && <p className="tiny">{whoText(found, around)}</p>}
                </dd>
              </div>
            )
          })}
        </dl>
        {canWrite && (
          <p className="not-printed">
            <To href={`/cases/${caseId}/questions/${step}`} className="line">
              {t('assessment.answer_questions')}
            </To>
          </p>
        )}
      </div>
    </section>
  ))
}
