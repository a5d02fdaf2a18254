import type { Speech } from '../../../web/language.ts'
import { Facts, type Said } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { To } from '../../../web/ui/To.tsx'

export type ShownNote = {
  id: string
  heading: string
  when: string
  /** Null while it is closed: then only that it holds details of harm, and how long it takes to read. */
  said: Said[] | null
  minutes: number
  corrects: string | null
  isWaiting: boolean
}

type Props = {
  speech: Speech
  caseId: string
  alias: string
  notes: readonly ShownNote[] | null
  note: string | null
  canWrite: boolean
  open: (id: string) => void
  close: (id: string) => void
  opened: string | null
}

/** Notes and visits, newest first. What holds details of harm is one calm line until somebody opens it. */
export function Notes({ speech: { t }, caseId, alias, notes, note, canWrite, open, close, opened }: Props) {
  return (
    <Screen title={t('care.notes_title', { alias })} lead={note ?? undefined}>
      {canWrite && (
        <div className="actions row">
          <To href={`/cases/${caseId}/note`} className="button">
            {t('care.add_note')}
          </To>
          <To href={`/cases/${caseId}/files/add`} className="button second">
            {t('attachments.add')}
          </To>
        </div>
      )}
      {notes === null && note === null && <p className="small">{t('wait')}</p>}
      {notes?.length === 0 && <p>{t('care.notes_none')}</p>}
      <div className="stack wide">
        {notes?.map((one) => (
          <article key={one.id} className="card stack">
            <div>
              <h2>{one.heading}</h2>
              <p className="tiny">{one.when}</p>
            </div>
            {one.corrects !== null && <Notice>{one.corrects}</Notice>}
            {one.said === null ? (
              <div className="row">
                <p>{t('care.folded', { minutes: one.minutes })}</p>
                <button type="button" className="linkish" onClick={() => open(one.id)}>
                  {t('care.unfold')}
                </button>
              </div>
            ) : (
              <Facts facts={one.said} />
            )}
            <div className="row not-printed">
              {one.id === opened && (
                <button type="button" className="linkish" onClick={() => close(one.id)}>
                  {t('care.fold_again')}
                </button>
              )}
              {canWrite && !one.isWaiting && (
                <To href={`/cases/${caseId}/note/${one.id}`} className="line">
                  {t('care.correct')}
                </To>
              )}
            </div>
          </article>
        ))}
      </div>
    </Screen>
  )
}
