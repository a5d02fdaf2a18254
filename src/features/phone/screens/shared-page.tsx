import { useState } from 'react'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { ShowFile } from '../../../web/files/ShowFile.tsx'
import { useGoOn } from '../../../web/here-context.ts'
import { dropShared } from '../../../web/shared.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { OntoCase } from './OntoCase.tsx'
import { SharedOffer } from './SharedOffer.tsx'
import { useOnto } from './use-onto.ts'
import { useShared } from './use-shared.ts'

/** A letter or a photo from another app: which child is it about? */
export function SharedPage() {
  const { speech, now } = useDesk()
  const { t } = speech
  const shared = useShared(true)
  const { cases, put } = useOnto()
  const goOn = useGoOn()
  // One id each for as long as the page is open, so that a second tap cannot add the same thing twice.
  const [ids] = useState(() => Array.from({ length: 21 }, newId))
  if (shared.state === 'asking') return <Screen title={t('phone.shared_title')}>{t('start.wait')}</Screen>
  if (shared.state === 'offered')
    return (
      <SharedOffer
        speech={speech}
        {...shared}
        throwAway={() => {
          shared.throwAway()
          goOn('/')
        }}
      />
    )
  const { picked, text, problem } = shared
  const things = [
    ...picked.map(({ kind, type, bytes }) => ({ kind, text: null, type, bytes })),
    ...(text === '' ? [] : [{ kind: 'note' as const, text: text.slice(0, 4000), type: null, bytes: null }]), // a kind of its list
  ].slice(0, 20)

  async function onto(caseId: string, isPaper: boolean): Promise<FormErrors | null> {
    for (const [at, { kind, bytes, ...said }] of things.entries()) {
      const wrong = await put(
        isPaper && kind === 'photo' ? 'document' : kind,
        { ...said, id: ids[at] ?? newId(), at: now, contact: null },
        bytes,
        caseId,
      )
      if (wrong !== null) return { '': wrong }
    }
    dropShared()
    goOn(picked.length > 0 ? `/cases/${caseId}/files` : `/cases/${caseId}/notes`)
    return null
  }

  return (
    <Screen title={t('phone.shared_title')} lead={things.length === 0 ? t('phone.shared_none') : undefined}>
      {problem !== null && <Notice tone="due">{t(`attachments.problem.${problem}`)}</Notice>}
      {things.length > 0 && (
        <>
          <div className="card stack">
            {picked.map((one, at) => (
              <ShowFile key={ids[at]} speech={speech} file={{ ...one, label: t(`attachments.kind.${one.kind}`) }} />
            ))}
            {text !== '' && <p className="words">{text}</p>}
          </div>
          <OntoCase
            speech={speech}
            cases={cases}
            isPicture={picked.some(({ kind }) => kind === 'photo')}
            put={onto}
            throwAway={() => {
              dropShared()
              goOn('/')
            }}
          />
        </>
      )}
    </Screen>
  )
}
