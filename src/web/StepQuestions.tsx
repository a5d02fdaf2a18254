import type { CaseStep } from '../core/case-steps.ts'
import { useFeatures } from './features-context.ts'

/**
 * What the country asks in a step of a case, for whichever screen that step has: the feature that keeps the answers puts it
 * here, so that no feature has to know another. Nothing where the pack asks nothing.
 */
export function StepQuestions({ caseId, step }: { caseId: string; step: CaseStep }) {
  return useFeatures().map(
    ({ name, asks: Asks }) => Asks !== undefined && <Asks key={name} caseId={caseId} step={step} />,
  )
}
