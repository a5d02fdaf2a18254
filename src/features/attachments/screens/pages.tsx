import { useState } from 'react'
import { CHUNK } from '../../../core/files.ts'
import { newId } from '../../../crypto/random.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import type { Picked } from '../../../web/files/prepare.ts'
import { ShowFile } from '../../../web/files/ShowFile.tsx'
import { useGoOn } from '../../../web/here-context.ts'
import { momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { AddFile } from './AddFile.tsx'
import { Files, type ShownFile, TONES } from './Files.tsx'
import { type FilesFromServer, type Listed, listed, partsFor } from './files-view.ts'
import { keepFile } from './keep-file.ts'

export function AddFilePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { app, desk, speech, person, start } = useDesk()
  const goOn = useGoOn()
  // One id for as long as the page is open, so that a second tap cannot add the same file twice.
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const parts = partsFor(person.role)

  async function submit(values: FormValues, picked: Picked): Promise<FormErrors | null> {
    const part = parts.length === 1 ? parts[0] : pick(parts, one(values, 'part'))
    if (part === undefined || part === null) return { part: speech.t('field.needed') }
    const onto = { app, desk, speech, caseId, closedAt: row.closedAt, timeZone }
    const wrong = await keepFile(onto, { id, part, title: wordsOf(values, 'title') }, asSaid(picked, values))
    if (wrong === null) goOn(`/cases/${caseId}/files`)
    return wrong
  }

  return (
    <AddFile
      speech={speech}
      alias={row.alias}
      isUnscanned={start.mode === 'demo'}
      parts={parts.map((value) => ({ value, label: speech.t(`part.${value}`) }))}
      draft={desk.drafts.of(`file/${caseId}`)}
      submit={submit}
    />
  )
}

/** A photographed paper is a paper. */
function asSaid(picked: Picked, values: FormValues): Picked {
  return picked.kind === 'photo' && one(values, 'picture') === 'document' ? { ...picked, kind: 'document' } : picked
}

type Opened = { id: string; type: string; bytes: Uint8Array<ArrayBuffer> }

export function FilesPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, desk, speech, person, start, now } = useDesk()
  const [opened, setOpened] = useState<Opened | null>(null)
  const [wrong, setWrong] = useState<{ id: string; text: string } | null>(null)
  const [round, setRound] = useState(0)
  const here = desk.files.list().filter((file) => file.caseId === caseId)
  const asked = useAnswer(
    `files|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () => (await app.api.get(`/api/cases/${caseId}/files`, reasonHeaders(caseId))) as FilesFromServer,
    `${round}|${desk.replica.waiting().length}|${here.length}`,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const { t } = speech
  const there = asked.state === 'answered' ? asked.value : null
  const canAdd = row.state === 'open' && partsFor(person.role).length > 0
  const at = (id: string) => `/api/cases/${caseId}/files/${id}`

  async function tried(id: string, work: () => Promise<void>): Promise<void> {
    setWrong(null)
    try {
      await work()
    } catch (error) {
      setWrong({ id, text: errorText(speech, codeOf(error)) })
    }
  }

  const open = ({ id, type, state }: Listed) =>
    tried(id, async () => {
      const isHere = state === 'here' || state === 'stopped'
      const bytes = isHere ? await desk.files.read(id) : await app.api.file(`${at(id)}/read`, reasonHeaders(caseId))
      if (bytes !== null) setOpened({ id, type: type ?? '', bytes })
    })
  const lookAgain = ({ id }: Listed) =>
    tried(id, async () => {
      await app.api.post(`${at(id)}/whole`, {})
      setRound((before) => before + 1)
    })

  function actsOf(file: Listed): ShownFile['act'] {
    if (opened?.id === file.id) return [{ label: t('attachments.close'), press: () => setOpened(null) }]
    const acts: ShownFile['act'] = []
    if (['here', 'stopped', 'ready'].includes(file.state))
      acts.push({
        label: t(file.kind === 'voice' ? 'attachments.open_voice' : 'attachments.open'),
        press: () => void open(file),
      })
    if (file.state === 'waiting' && canAdd)
      acts.push({ label: t('attachments.look_again'), press: () => void lookAgain(file) })
    if (file.state === 'stopped')
      acts.push({ label: t('attachments.remove'), press: () => void desk.files.drop(file.id) })
    return acts
  }

  function noteOf(file: Listed): string | null {
    if (wrong?.id === file.id) return wrong.text
    if (file.why !== null) return speech.find(`attachments.why.${file.why}`) ?? errorText(speech, file.why)
    return file.state === 'waiting' ? t('attachments.waiting_hint') : null
  }

  function shown(file: Listed): ShownFile {
    const kind = t(`attachments.kind.${file.kind}`)
    return {
      id: file.id,
      heading: file.title ?? kind,
      kind: [kind, t(`part.${file.part}`), file.bytes === null ? null : sizeText(speech, file.bytes)]
        .filter((text) => text !== null)
        .join(' · '),
      when: [momentText(speech, file.at, timeZone, now), file.by].filter((text) => text !== null).join(' · '),
      tone: TONES[file.state],
      state: file.isUnscanned ? t('attachments.state.unscanned') : stateText(file),
      note: noteOf(file),
      act: actsOf(file),
      opened:
        opened?.id === file.id ? (
          <ShowFile speech={speech} file={{ ...opened, kind: file.kind, label: file.title ?? kind }} />
        ) : null,
    }
  }

  function stateText({ state, sent, bytes }: Listed): string {
    if (state !== 'here') return t(`attachments.state.${state}`)
    const count = Math.ceil((bytes ?? 0) / CHUNK)
    if (sent > 0) return t('attachments.state.on_its_way', { sent, count })
    return t(desk.vault.lasting ? 'attachments.state.here' : 'attachments.state.in_page')
  }

  return (
    <Files
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      files={there === null && here.length === 0 ? null : listed(here, there?.files ?? []).map(shown)}
      problem={
        asked.state !== 'failed'
          ? null
          : asked.code === 'no_connection'
            ? t('attachments.online')
            : errorText(speech, asked.code)
      }
      isUnscanned={there === null ? start.mode === 'demo' : there.isTaken && !there.isScanned}
      isTaken={there?.isTaken ?? true}
      canAdd={canAdd}
    />
  )
}

function sizeText({ t }: { t: ReturnType<typeof useDesk>['speech']['t'] }, bytes: number): string {
  return bytes < 1_000_000
    ? t('attachments.kilobytes', { count: Math.max(1, Math.round(bytes / 1000)) })
    : t('attachments.megabytes', { count: Math.round(bytes / 100_000) / 10 })
}
