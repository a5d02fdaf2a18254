import { useFeatures } from './features-context.ts'

/** Where a case stands, on the screen of whoever decides about the whole of it: the feature that knows puts it here. */
export function CaseStanding({ caseId }: { caseId: string }) {
  return useFeatures().map(
    ({ name, standing: Standing }) => Standing !== undefined && <Standing key={name} caseId={caseId} />,
  )
}
