import { FootContext, useParams } from '../../../web/here-context.ts'
import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { PurposeQuestion } from './PurposeQuestion.tsx'
import type { FoundCase } from './use-case.ts'

/** A piece of this screen's own path; empty where the path does not name it. */
export function useParam(name: 'caseId' | 'step' | 'hitId'): string {
  const params: { [piece: string]: string | undefined } = useParams()
  return params[name] ?? ''
}

export const useCaseId = () => useParam('caseId')

/** What is shown while a case is not there: waiting, a question, or a plain "not found" that says nothing about the child. */
export function NotThere({ found }: { found: Exclude<FoundCase, { state: 'found' }> }) {
  const { speech } = useDesk()
  if (found.state === 'purpose_needed') return <PurposeQuestion speech={speech} choose={found.choose} />
  return (
    // Nothing of it goes to paper.
    <FootContext value={null}>
      <Screen title={found.state === 'asking' ? speech.t('wait') : speech.t('cases.not_there')}>
        {found.state === 'failed' && <p>{errorText(speech, found.code)}</p>}
      </Screen>
    </FootContext>
  )
}
