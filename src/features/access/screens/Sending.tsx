import { useState } from 'react'
import type { Speech } from '../../../web/language.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Facts } from '../../../web/ui/Facts.tsx'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Status } from '../../../web/ui/Status.tsx'
import { To } from '../../../web/ui/To.tsx'

/** Something the server did not take as it was. Every word of it stands here until a person has dealt with it. */
export type AttentionItem = {
  id: string
  what: string
  /** Which case, by alias, and when. */
  about: string
  /** Why, in a sentence. */
  sentence: string
  typed: readonly { label: string; text: string }[]
  /** Two people wrote something different: decided on its own screen. */
  decideAt: string | null
  correct: (() => void) | null
  again: (() => void) | null
  discard: () => void
}

export type WaitingItem = { id: string; what: string; about: string }

type Props = {
  speech: Speech
  line: string
  isRunning: boolean
  attention: readonly AttentionItem[]
  waiting: readonly WaitingItem[]
  sendNow: () => void
}

/** What is on its way to the server, and what came back. */
export function Sending({ speech, line, isRunning, attention, waiting, sendNow }: Props) {
  const { t } = speech
  return (
    <Screen title={t('access.sending')} lead={line} plain>
      <div className="actions">
        <button type="button" className="button" aria-disabled={isRunning} onClick={sendNow}>
          {t(isRunning ? 'access.sending_now' : 'access.send_now')}
        </button>
      </div>
      {attention.length > 0 && (
        <section className="group">
          <h2>{t('access.attention', { count: attention.length })}</h2>
          <ul className="plain stack">
            {attention.map((item) => (
              <Attention key={item.id} item={item} speech={speech} />
            ))}
          </ul>
        </section>
      )}
      <section className="group">
        <h2>{t('access.waiting', { count: waiting.length })}</h2>
        {waiting.length === 0 ? (
          <p className="small">{t('access.nothing_waits')}</p>
        ) : (
          <ul className="plain stack">
            {waiting.map(({ id, what, about }) => (
              <li key={id} className="card">
                <h3>{what}</h3>
                <p className="tiny">{about}</p>
                <Status tone="quiet" icon="clock">
                  {t('save.not_sent_yet')}
                </Status>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Screen>
  )
}

function Attention({ item, speech: { t } }: { item: AttentionItem; speech: Speech }) {
  const [isAsking, setAsking] = useState(false)
  const { what, about, sentence, typed, decideAt, correct, again, discard } = item
  return (
    <li className="card task due stack">
      <div>
        <h3>{what}</h3>
        <p className="tiny">{about}</p>
      </div>
      <Notice tone="due">{sentence}</Notice>
      {typed.length > 0 && <Facts facts={typed} />}
      <div className="row actions">
        {decideAt !== null && (
          <To href={decideAt} className="button">
            {t('cases.differences_look')}
          </To>
        )}
        {correct !== null && (
          <button type="button" className="button" onClick={correct}>
            {t('access.correct')}
          </button>
        )}
        {again !== null && (
          <button type="button" className="button second" onClick={again}>
            {t('access.send_again')}
          </button>
        )}
        {decideAt === null && (
          <button type="button" className="linkish" onClick={() => setAsking(true)}>
            {t('access.discard')}
          </button>
        )}
      </div>
      {isAsking && (
        <Dialog title={t('access.discard_ask')} onClose={() => setAsking(false)}>
          <p>{t('access.discard_lead')}</p>
          <div className="row actions">
            <button type="button" className="button danger" onClick={discard}>
              {t('access.discard')}
            </button>
            <button type="button" className="button second" onClick={() => setAsking(false)}>
              {t('access.keep')}
            </button>
          </div>
        </Dialog>
      )}
    </li>
  )
}
