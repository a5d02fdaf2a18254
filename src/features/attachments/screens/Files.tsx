import type { ReactNode } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status, type Tone } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'
import type { Listed } from './files-view.ts'

export type ShownFile = {
  id: string
  heading: string
  kind: string
  when: string
  tone: Tone
  state: string
  note: string | null
  act: { label: string; press: () => void }[]
  opened: ReactNode
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  files: readonly ShownFile[] | null
  problem: string | null
  isUnscanned: boolean
  isTaken: boolean
  canAdd: boolean
}

/** How each state looks; the word beside it says the same. */
export const TONES: Record<Listed['state'], Tone> = {
  here: 'quiet',
  stopped: 'urgent',
  elsewhere: 'quiet',
  waiting: 'due',
  ready: 'ok',
  refused: 'urgent',
}

/** Photos, papers and voice notes of a case, newest first, each with how far it has come. */
export function Files({ speech: { t }, caseId, alias, files, problem, isUnscanned, isTaken, canAdd }: Props) {
  return (
    <Screen title={t('attachments.files_title', { alias })}>
      {isUnscanned && <Notice tone="due">{t('attachments.not_scanned')}</Notice>}
      {!isTaken && <Notice tone="due">{t('refused.files_not_taken_here')}</Notice>}
      {problem !== null && <Notice tone="due">{problem}</Notice>}
      {canAdd && isTaken && (
        <div className="actions">
          <To href={`/cases/${caseId}/files/add`} className="button">
            {t('attachments.add')}
          </To>
        </div>
      )}
      {files === null && problem === null && <p className="small">{t('wait')}</p>}
      {files?.length === 0 && problem === null && <p>{t('attachments.none')}</p>}
      <div className="stack wide">
        {files?.map((file) => (
          <article key={file.id} className="card stack">
            <div>
              <h2 translate="no">{file.heading}</h2>
              <p className="tiny">{file.kind}</p>
              <p className="tiny">{file.when}</p>
            </div>
            <div className="row">
              <Status tone={file.tone}>{file.state}</Status>
            </div>
            {file.note !== null && <Notice tone={file.tone === 'urgent' ? 'urgent' : 'info'}>{file.note}</Notice>}
            {file.opened}
            {file.act.length > 0 && (
              <div className="row not-printed">
                {file.act.map(({ label, press }) => (
                  <button key={label} type="button" className="linkish" onClick={press}>
                    {label}
                  </button>
                ))}
              </div>
            )}
          </article>
        ))}
      </div>
    </Screen>
  )
}
