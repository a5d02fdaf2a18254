import { useState } from 'react'
import { CaseStep } from '../../../core/case-steps.ts'
import type { QuestionSection } from '../../../core/questions.ts'
import { newId } from '../../../crypto/random.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { dayIn, fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { NotThere } from '../../cases/screens/NotThere.tsx'
import { useRecord } from '../../cases/screens/use-record.ts'
import { answerAccount, answerHealth, answerSection } from '../ops.ts'
import { isSettled, knownAnswers, pagesOf } from '../sections.ts'
import { ToldBy } from '../sheet.ts'
import { answerText, whoText } from './answer-text.ts'
import { type AssessmentHere, useAssessment } from './assessment-pages.tsx'
import { SectionForm } from './SectionForm.tsx'
import { useApart } from './apart.ts'
import { asksAgain, draftOf, newAnswers, valuesOf } from './sheet-values.ts'
import { writesPart } from './who-writes.ts'

const OPS = { services: answerSection, narrative: answerAccount, health: answerHealth } as const

/** One page of one section of the assessment. */
export function SectionPage() {
  const here = useAssessment()
  const { section: wanted, page: asked } = useParams()
  const section = here.pack.questions.find((one) => one.id === wanted && one.step === 'assessment')
  const page = Math.max(0, Number(asked ?? '1') - 1)
  const goOn = useGoOn()
  const { caseId } = here
  const list = `/cases/${caseId}/assessment`
  function after(isStopped: boolean) {
    if (isStopped) return goOn(list)
    const isLast = section === undefined || page + 1 >= pagesOf(section, here.today).length
    return goOn(isLast ? list : `${list}/part/${section.id}/${page + 2}`)
  }
  return (
    <Questions
      key={`${wanted}|${page}`}
      here={here}
      section={section ?? null}
      page={page}
      roundId={here.view.roundId}
      back={{ href: list, text: here.speech.t('assessment.to_list') }}
      after={after}
    />
  )
}

/** The country's own questions of another step, on one page. */
export function StepQuestionsPage() {
  const here = useAssessment()
  const { stage: wanted } = useParams()
  const step = pick(CaseStep.options, wanted ?? '')
  const goOn = useGoOn()
  const home = `/cases/${here.caseId}`
  const sections = here.pack.questions.filter((one) => one.step === step && step !== 'assessment')
  const open = sections.find((section) =>
    section.questions.some((question) => !isSettled(here.view.known.get(question.id))),
  )
  const section = open ?? sections[0] ?? null
  return (
    <Questions
      key={section?.id}
      here={here}
      section={section}
      page={0}
      roundId={null}
      back={{ href: home, text: here.speech.t('back.case') }}
      after={() => goOn(home)}
    />
  )
}

type Props = {
  here: AssessmentHere
  section: QuestionSection | null
  page: number
  roundId: string | null
  back: { href: string; text: string }
  after: (isStopped: boolean) => void
}

function Questions({ here, section, page, roundId, back, after }: Props) {
  const { caseId, found, speech, desk, now, timeZone, view, today, person } = here
  const record = useRecord()
  const [id] = useState(newId)
  const [start] = useState(() => fieldsOf(now, timeZone))
  const apart = useApart(caseId, section?.part ?? 'services')
  if (found.state !== 'found') return <NotThere found={found} />
  if (here.isAsking) return <NotThere found={{ state: 'asking' }} />
  if (section === null || !writesPart(person.role, section.part))
    return <NotThere found={{ state: 'failed', code: 'not_found' }} />
  const { t } = speech
  // What lies apart is fetched before it is asked, or what is known would be asked again without anybody noticing.
  if (apart.state === 'asking') return <NotThere found={{ state: 'asking' }} />
  const { case: row } = found.opened
  const pages = pagesOf(section, today)
  const questions = pages[page] ?? pages[0] ?? []
  const isHere = section.part === 'services'
  const known = isHere ? view.known : knownAnswers(apart.sheets)
  const around = { speech, timeZone, now }

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const isSkipped = one(values, 'notNeeded') === 'yes'
    const isStopped = one(values, 'stops') === 'yes'
    const at = momentOf(values, 'at', timeZone)
    if (at.state !== 'said') return { at: t('field.needed') }
    const toldBy = pick(ToldBy.options, one(values, 'toldBy'))
    const answers = isSkipped ? {} : newAnswers(values, questions, known)
    const childSays = wordsOf(values, 'childSays')
    // Who said it goes with what was said; nobody is taken for it.
    const isSaid = !isSkipped && (Object.keys(answers).length > 0 || childSays !== null)
    if (isSaid && toldBy === null) return { toldBy: t('field.needed') }
    const payload = {
      id,
      caseId,
      roundId,
      section: section?.id,
      at: at.at,
      mark: isSkipped ? 'not_needed' : 'answers',
      stops: isStopped,
      toldBy: toldBy ?? 'worker_saw',
      answers,
      why: wordsOf(values, 'why'),
      childSays,
      childSaidOn: dayIn(one(values, 'childSaidOn')),
      next: wordsOf(values, 'next'),
    }
    const facts = { sections: here.pack.questions, rounds: view.rounds, sheets: isHere ? view.sheets : null }
    const op = OPS[section?.part ?? 'services']
    const wrong = await record(op, payload, { closedAt: row.closedAt, ...facts }, timeZone)
    if (wrong === null) after(isStopped)
    return wrong
  }

  return (
    <SectionForm
      speech={speech}
      caseId={caseId}
      title={speech.label(section.title)}
      lead={[
        row.alias,
        pages.length > 1 ? t('assessment.page_of', { page: page + 1, pages: pages.length }) : '',
        section.lead === null ? '' : speech.label(section.lead),
      ]
        .filter((text) => text !== '')
        .join(' · ')}
      backHref={back.href}
      backText={back.text}
      questions={questions.map((question) => {
        const before = known.get(question.id)
        return {
          question,
          known: isSettled(before)
            ? { text: answerText(question, before.answer, around), who: whoText(before, around) }
            : null,
        }
      })}
      canSkip={roundId !== null && section.part === 'services'}
      canStop={roundId !== null}
      isAskedAgain={(values) => asksAgain(values, questions, known)}
      start={{
        ...valuesOf(
          Object.fromEntries(
            questions.flatMap(({ id: of }) => {
              const before = known.get(of)
              return before === undefined ? [] : [[of, before.answer]]
            }),
          ),
        ),
        'at.day': [start.day],
        'at.time': [start.time],
      }}
      draft={desk.drafts.of(draftOf(caseId, section.id, page))}
      submit={submit}
    />
  )
}
