import { useState } from 'react'
import type { Jotting } from '../../../core/jotting.ts'
import type { Instant } from '../../../core/time.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { Jottings, type ShownJotting } from './Jottings.tsx'
import { useOnto } from './use-onto.ts'

/** As the server gives it; `kind` null: no key of it opens it any more, or, with `begunAt`, it has not come whole. */
type Opened =
  | { id: string; kind: null; begunAt?: Instant }
  | (Jotting & { id: string; arrivedAt: Instant; endsAt: Instant })

/** Put on a case already, where the server could not be told so: kept, so that nothing is put on a case twice. */
const TAKEN = 'jottings-taken'

export function JottingsPage() {
  const { app, desk, speech, state, pack, now } = useDesk()
  const { t } = speech
  const { cases, put } = useOnto()
  const [gone, setGone] = useState<readonly string[]>([])
  const asked = useAnswer(
    'jottings',
    async () => {
      const taken = await takenBefore()
      for (const id of taken) await end(id, 'kept')
      // Our own server answers in its own schema.
      const found = (await app.api.post('/api/phone/jottings/open')) as { jottings: Opened[]; coming: number }
      return { ...found, jottings: found.jottings.filter(({ id }) => !taken.includes(id)) }
    },
    state.jotted,
  )
  const opened = asked.state === 'answered' ? asked.value : null
  const at = (moment: Instant) => momentText(speech, moment, pack.timeZone, now)

  async function takenBefore(): Promise<string[]> {
    return ((await desk.vault.get('meta', TAKEN)) as string[] | null) ?? [] // only written below
  }

  /** Ends it on the server; without a line that waits, sealed, for the next time this list is opened. */
  async function end(id: string, outcome: 'kept' | 'thrown_away'): Promise<string | null> {
    const others = (await takenBefore()).filter((one) => one !== id)
    let left = others
    let wrong: string | null = null
    try {
      await app.api.post(`/api/phone/jottings/${id}/end`, { outcome })
    } catch (error) {
      const code = codeOf(error)
      wrong = code
      // It was ended before, from here or from another device.
      if (code !== 'not_found' && outcome === 'kept') left = [...others, id]
    }
    await desk.vault.write([{ store: 'meta', key: TAKEN, value: left }])
    return wrong === 'not_found' ? null : wrong
  }

  const fetchFile = async (id: string) => app.api.file(`/api/phone/jottings/${id}/file`)

  function shown(one: Opened): ShownJotting {
    const throwAway = async () => {
      if ((await end(one.id, 'thrown_away')) === null) setGone((before) => [...before, one.id])
    }
    if (one.kind === null)
      return {
        id: one.id,
        heading: t(one.begunAt === undefined ? 'phone.unreadable' : 'phone.unfinished'),
        when: one.begunAt === undefined ? '' : at(one.begunAt),
        until: '',
        said: [],
        file: null,
        isPicture: false,
        put: null,
        throwAway,
      }
    const { kind, type } = one
    const isFile = kind === 'photo' || kind === 'document' || kind === 'voice'

    async function onto(caseId: string, isPaper: boolean): Promise<FormErrors | null> {
      if (one.kind === null) return null
      try {
        const { kind: of, ...said } = one
        const wrong = await put(isPaper ? 'document' : of, said, isFile ? await fetchFile(one.id) : null, caseId)
        if (wrong !== null) return { '': wrong }
      } catch (error) {
        return { '': errorText(speech, codeOf(error)) }
      }
      await end(one.id, 'kept')
      setGone((before) => [...before, one.id])
      return null
    }

    return {
      id: one.id,
      heading: t(`phone.kind.${kind}`),
      isPicture: kind === 'photo',
      when: at(one.at),
      until: t('phone.until', { day: dayText(speech, one.endsAt, pack.timeZone, now) }),
      said: saidIn(one),
      file:
        isFile && type !== null
          ? () =>
              fetchFile(one.id).then(
                (bytes) => ({ kind, type, bytes }),
                () => null,
              )
          : null,
      put: onto,
      throwAway,
    }
  }

  function saidIn({ text, contact }: Jotting) {
    const rows: [string, string | null][] =
      contact === null
        ? [[t('phone.note_text'), text]]
        : [
            [t('phone.what'), t(`justice.kind.${contact.what}`)],
            [t('justice.authority'), codeText(pack, 'custody_actor', speech, contact.authority)],
            [t('phone.when'), at(contact.when)],
            [t('phone.where'), contact.where],
            [t('phone.called_by'), contact.calledBy],
          ]
    return rows.flatMap(([label, said]) => (said === null ? [] : [{ label, text: said }]))
  }

  const problem = state.jottedProblem === null ? null : speech.find(`error.${state.jottedProblem}`)
  const coming = state.jotted + (opened?.coming ?? 0)
  return (
    <Jottings
      speech={speech}
      jottings={opened === null ? null : opened.jottings.filter(({ id }) => !gone.includes(id)).map(shown)}
      notes={[
        ...(asked.state === 'failed' ? [errorText(speech, asked.code)] : []),
        ...(problem === null ? [] : [problem]),
        ...(coming > 0 ? [t('phone.coming', { count: coming })] : []),
      ]}
      cases={cases}
    />
  )
}
