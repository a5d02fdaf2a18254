import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { PurposeQuestion } from '../../cases/screens/PurposeQuestion.tsx'
import type { FoundJustice } from './use-justice.ts'

/** Waiting, the question for a reason, or a plain "not found" that says nothing about the child. */
export function Missing({ found }: { found: Exclude<FoundJustice, { state: 'found' }> }) {
  const { speech } = useDesk()
  if (found.state === 'purpose_needed') return <PurposeQuestion speech={speech} choose={found.choose} />
  return (
    <Screen title={found.state === 'asking' ? speech.t('wait') : speech.t('cases.not_there')}>
      {found.state === 'failed' && <p>{errorText(speech, found.code)}</p>}
    </Screen>
  )
}
