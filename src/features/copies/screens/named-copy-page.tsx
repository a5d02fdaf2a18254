import { useState } from 'react'
import { addDuration } from '../../../core/time.ts'
import { isAgeKey, sealForKey } from '../../../crypto/age-file.ts'
import { makePassphrase } from '../../../crypto/passphrase.ts'
import { newId } from '../../../crypto/random.ts'
import { codeOf, ServerSaysNo } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { onPaper, type Speech } from '../../../web/language.ts'
import { momentText } from '../../../web/moments.ts'
import { KeyNotGiven, proveFirst } from '../../../web/prove.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one } from '../../../web/ui/form-values.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { documentOf } from '../copy-document.ts'
import { COPY_PARTS, type CopyState, type ReadCopy } from '../named-copy.ts'
import { askNamedCopy } from '../ops.ts'
import { NamedCopy, type ShownCopy } from './NamedCopy.tsx'
import { saveSealed } from './save-file.ts'
import { type Told, useTold } from './use-told.ts'

type Standing = { copies: ReadCopy[]; recipients: string[] }

const TONES: Record<CopyState, Tone> = {
  waits: 'info',
  declined: 'due',
  ready: 'ok',
  fetched: 'quiet',
  over: 'quiet',
  withdrawn: 'quiet',
}

// Fetched by whoever seals with words.
const zips = () => import('../../../crypto/aes-zip.ts')

/** Seven words: nobody chooses them, and each hand that types them can hear them over the telephone. */
const WORDS = 7

export function NamedCopyPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, desk, speech, pack, now, person, start } = useDesk()
  const { t } = speech
  const record = useRecord()
  const sectionsOf = useTold()
  const [turn, setTurn] = useState(0)
  const [saved, setSaved] = useState<{ phrase: string | null } | null>(null)
  const [asksProof, setAsksProof] = useState(false)
  const asked = useAnswer(
    `named-copies|${caseId}|${reason}`,
    // Our own server answers in its own schema, here and below.
    async () => (await app.api.get(`/api/cases/${caseId}/named-copies`, reasonHeaders(caseId))) as Standing,
    `${turn}|${desk.replica.waiting().length}`,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const { copies, recipients } = asked.state === 'answered' ? asked.value : { copies: [], recipients: [] }
  const mayAsk = person.role === 'case_worker' && row.state === 'open' && asked.state === 'answered'
  const nameOf = (recipient: string) => codeText(pack, 'recipient_function', speech, recipient)
  const partsOf = (recipient: string) => {
    const open = pack.consent.recipients.find(({ code }) => code === recipient)?.parts ?? []
    return COPY_PARTS.filter((part) => open.includes(part))
  }
  // A body that may be told only words written for it gets a letter, and no part of the file.
  const told = recipients.filter((recipient) => partsOf(recipient).length > 0)

  async function ask(values: FormValues): Promise<FormErrors | null> {
    const [recipient, days] = [one(values, 'recipient'), Number(one(values, 'days'))]
    const missing = ['recipient', 'toWhom', 'parts', 'why', 'days'].find((name) => one(values, name) === '')
    if (missing !== undefined) return { [missing]: t('field.needed') }
    const payload = {
      id: newId(),
      caseId,
      recipient,
      parts: COPY_PARTS.filter((part) => many(values, 'parts').includes(part)),
      endsAt: addDuration(now, `P${days}D`, timeZone),
      toWhom: one(values, 'toWhom'),
      why: one(values, 'why'),
    }
    const known = { closedAt: row.closedAt, recipients: pack.consent.recipients, hasGround: told.includes(recipient) }
    return record(askNamedCopy, payload, known, timeZone)
  }

  async function fetch(copy: ReadCopy, values: FormValues): Promise<FormErrors | null> {
    const [how, key] = [one(values, 'how'), one(values, 'key').trim()]
    if (how === 'key' && !isAgeKey(key)) return { key: t('copies.no_key') }
    try {
      // Before the copy is taken, which can be done once.
      const seal = how === 'key' ? null : await zips()
      const fields = await fetched(copy.id, values)
      const name = `copy-${copy.id.slice(0, 8)}.html`
      const plain = new TextEncoder().encode(documentFor(copy, fields))
      const phrase = seal === null ? null : makePassphrase(WORDS)
      saveSealed(
        `${name}.${phrase === null ? 'age' : 'zip'}`,
        seal === null || phrase === null ? await sealForKey(key, plain) : await seal.zipUnder(phrase, name, plain),
      )
      setSaved({ phrase })
      setAsksProof(false)
    } catch (error) {
      if (error instanceof KeyNotGiven) return { '': t('access.problem.passkey_cancelled') }
      if (error instanceof ServerSaysNo && error.code === 'step_up') setAsksProof(true)
      return { '': errorText(speech, codeOf(error)) }
    }
    setTurn(turn + 1)
    return null
  }

  /** Whoever signed in with a password proves it in the form; everybody else with her key, when she is asked. */
  async function fetched(copy: string, values: FormValues): Promise<Told[]> {
    await proveFirst(app.api, start.mode, values)
    return ((await app.api.post(`/api/cases/${caseId}/named-copies`, { copy })) as { fields: Told[] }).fields
  }

  function documentFor(copy: ReadCopy, fields: readonly Told[]): string {
    const until = momentText(onPaper(speech), copy.endsAt, timeZone, now)
    const line = { to: `${nameOf(copy.recipient)}, ${copy.toWhom}`, id: copy.id.slice(0, 8), until }
    return documentOf({
      language: speech.language,
      direction: speech.dir,
      title: t('copies.doc_title'),
      head: t('copies.doc_head', line),
      foot: t('copies.doc_foot', line),
      about: factsOf(copy, onPaper(speech)),
      sections: sectionsOf(pack.namedCopy, fields, timeZone)
        .map(({ label, fields: rows }) => ({ label, rows: rows.filter(({ text }) => text !== '–') }))
        .filter(({ rows }) => rows.length > 0),
    })
  }

  function factsOf({ purpose, parts, why, toWhom, askedByName, askedAt, endsAt }: ReadCopy, said: Speech) {
    const when = (at: typeof askedAt) => momentText(said, at, timeZone, now)
    return [
      { label: t('copies.to_whom'), text: toWhom },
      { label: t('copies.purpose'), text: codeText(pack, 'consent_purpose', speech, purpose) },
      { label: t('copies.parts'), text: parts.map((part) => t(`copies.part.${part}`)).join('; ') },
      { label: t('copies.why'), text: why },
      { label: t('copies.asked'), text: [askedByName ?? '–', when(askedAt)].join(' · ') },
      { label: t('copies.until'), text: when(endsAt) },
    ]
  }

  const shown = copies.map((copy): ShownCopy => ({
    id: copy.id,
    title: nameOf(copy.recipient),
    status: { text: t(`copies.state.${copy.state}`), tone: TONES[copy.state] },
    facts: factsOf(copy, speech),
    fetch: copy.state === 'ready' && copy.isMine && row.state === 'open' ? (values) => fetch(copy, values) : null,
  }))
  return (
    <NamedCopy
      speech={speech}
      alias={row.alias}
      copies={shown}
      isFetching={asked.state === 'asking'}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      phrase={saved?.phrase ?? null}
      isSaved={saved !== null}
      asksProof={asksProof}
      asking={
        mayAsk && told.length > 0
          ? {
              recipients: told.map((value) => ({ value, label: nameOf(value) })),
              partsFor: (recipient) => partsOf(recipient).map((value) => ({ value, label: t(`copies.part.${value}`) })),
              draft: desk.drafts.of(`named-copy/${caseId}`),
              submit: ask,
            }
          : null
      }
      askFirst={mayAsk && told.length === 0 ? `/cases/${caseId}/consent` : null}
    />
  )
}
