import './assessment.css'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import { Fold } from '../../../web/ui/Fold.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import { ownCase } from '../../cases/screens/case-file.ts'
import { useReads } from '../../cases/screens/reads-context.ts'
import { stepFacts } from '../step-facts.ts'
import { type StepView, stepsOf } from '../steps.ts'
import { needHref, needText } from './need-text.ts'
import { useStepRows } from './use-step-rows.ts'

/** Where the case stands in its six steps, as one line of its home. */
export function StepStrip({ caseId }: { caseId: string }) {
  const { speech } = useDesk()
  const { t } = speech
  const shown = useSteps(caseId)
  const reads = useReads()
  if (shown === null || !reads('services')) return null
  const going = shown.steps.find(({ state }) => state === 'now')
  return (
    <Fold title={t('assessment.six_steps')} says={going === undefined ? null : t(`assessment.step.${going.step}`)}>
      <Steps caseId={caseId} shown={shown} />
    </Fold>
  )
}

/** The same for whoever decides about the whole of a case, on a page of another feature. */
export function StepStanding({ caseId }: { caseId: string }) {
  const { speech } = useDesk()
  const shown = useSteps(caseId)
  if (shown === null) return null
  return (
    <section className="group">
      <h2>{speech.t('assessment.six_steps')}</h2>
      <div className="card stack">
        <Steps caseId={caseId} shown={shown} />
      </div>
    </section>
  )
}

function useSteps(caseId: string) {
  const { pack, now, rows: here } = useDesk()
  const { rows, of } = useStepRows(caseId)
  if (of === null) return null
  const timeZone = zoneOf(pack, of.region)
  const facts = stepFacts(rows, of, pack, now, timeZone)
  return {
    steps: stepsOf(facts, pack.timeFrames, timeZone),
    risk: facts.risk,
    timeZone,
    isMine: ownCase(here, caseId) !== null,
  }
}

type Shown = NonNullable<ReturnType<typeof useSteps>>

/** What each of the six steps still lacks, who must act, and by when. */
function Steps({ caseId, shown: { steps, risk, timeZone, isMine } }: { caseId: string; shown: Shown }) {
  const { speech, pack } = useDesk()
  const { t } = speech
  return (
    <>
      <ol className="six-steps">
        {steps.map((step) => (
          <Step key={step.step} of={step} caseId={caseId} isMine={isMine} timeZone={timeZone} />
        ))}
      </ol>
      <p className="small">
        {risk === null ? t('assessment.risk_unsaid') : t('assessment.risk_now', { risk: t(`assessment.risk.${risk}`) })}
        {risk !== null && pack.timeFrames[risk].confidence !== 'confirmed_by_counsel' && (
          <> {t('assessment.frames_to_confirm')}</>
        )}
      </p>
      <div className="row not-printed">
        <To href={`/cases/${caseId}/assessment`} className="line">
          {t('assessment.open')}
        </To>
      </div>
    </>
  )
}

function Step({ of, caseId, isMine, timeZone }: { of: StepView; caseId: string; isMine: boolean; timeZone: string }) {
  const { speech, now, person } = useDesk()
  const { t } = speech
  const { step, state, needs } = of
  const [first] = needs
  const own = needs.find((one) => one.need === 'questions' && one !== first)
  const isLate = first !== undefined && first.dueAt !== null && first.dueAt < now && state === 'now'
  const mayAct = first !== undefined && (first.who === 'supervisor' ? person.role === 'supervisor' : isMine)
  const href = mayAct && state === 'now' ? needHref(caseId, step, first) : null
  const sentence =
    first === undefined
      ? t(state === 'left' ? 'assessment.need_left' : 'assessment.need_none')
      : needText(first, speech, timeZone, now)
  return (
    <li className={isLate ? 'late' : state} {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}>
      <div className="spread">
        <h3>{t(`assessment.step.${step}`)}</h3>
        <Status tone={isLate ? 'urgent' : TONES[state]} {...(state === 'later' ? { icon: 'clock' as const } : {})}>
          {t(isLate ? 'assessment.state.late' : `assessment.state.${state}`)}
        </Status>
      </div>
      <p className="small">
        {href === null ? (
          sentence
        ) : (
          <To href={href} className="line">
            {sentence}
          </To>
        )}
      </p>
      {own !== undefined && state !== 'later' && isMine && (
        <p className="small">
          <To href={`/cases/${caseId}/questions/${step}`} className="line">
            {t('assessment.need.questions', { count: own.count })}
          </To>
        </p>
      )}
    </li>
  )
}

const TONES: Record<StepView['state'], Tone> = { done: 'ok', now: 'info', later: 'quiet', left: 'quiet' }
