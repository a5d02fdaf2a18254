import { useCallback, useEffect, useRef } from 'react'
import { LARGEST_JOTTED, type Jotting } from '../../../core/jotting.ts'
import { ContactKind } from '../../../core/safeguard-rule.ts'
import { newId } from '../../../crypto/random.ts'
import { useApp } from '../../../web/app-context.ts'
import type { Picked } from '../../../web/files/prepare.ts'
import { useHere } from '../../../web/here-context.ts'
import { dropShared } from '../../../web/shared.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { fieldsOf, momentOf } from '../../../web/ui/when.ts'
import { codeOptions } from '../../cases/screens/codes.ts'
import { Jot } from './Jot.tsx'
import { SharedOffer } from './SharedOffer.tsx'
import { useShared } from './use-shared.ts'

/** Nobody has said which district this is about, so the moments of a call are those of the phone it came to. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Before the door: what is written here is sealed at once, and this phone cannot open it again. */
export function JotPage() {
  const { app, state } = useApp()
  const { speech, surroundings, jotted } = state
  const { t } = speech
  const { path } = useHere()
  const shared = useShared(path === '/shared')
  const sheet = useRef(newId())
  const typed = useCallback(() => {
    app.jotter.typed(sheet.current)
    sheet.current = newId()
  }, [app])
  const hasWords = speech.find('phone.jot_title') !== null
  useEffect(() => {
    if (!hasWords) void app.speakAll()
  }, [app, hasWords])
  if (!hasWords || shared.state === 'asking') return <p className="small">{t('start.wait')}</p>
  if (shared.state === 'offered') return <SharedOffer speech={speech} {...shared} />
  const now = fieldsOf(app.now(), HERE)

  const authorities =
    surroundings === null
      ? []
      : codeOptions(surroundings.pack, 'custody_actor', speech).filter((code) => code.value !== 'none')

  async function keep(said: Partial<Jotting> & Pick<Jotting, 'kind'>, file: Uint8Array | null) {
    const head = { at: app.now(), text: null, contact: null, type: null, ...said }
    const problem = await app.jotter.keep(head, file)
    return problem === null ? null : { '': t(`phone.not_kept.${problem}`) }
  }

  /** What stands in a form that nobody has sent, as words: half a contact is no contact. */
  function begun(values: FormValues): string | null {
    const [what, authority] = [one(values, 'what'), one(values, 'authority')]
    const said = [
      pick(ContactKind.options, what) === null ? '' : t(`justice.kind.${what as ContactKind}`), // just looked at
      authorities.find(({ value }) => value === authority)?.label ?? '',
      ...['where', 'calledBy', 'text'].map((name) => one(values, name)),
    ]
    const text = said.filter((each) => each !== '').join(' · ')
    return text === '' ? null : text.slice(0, 4000)
  }

  function type(values: FormValues): void {
    const text = begun(values)
    const head = { kind: 'note' as const, at: app.now(), text, contact: null, type: null }
    void app.jotter.typing(sheet.current, text === null ? null : head)
  }

  async function note(values: FormValues): Promise<FormErrors | null> {
    const text = wordsOf(values, 'text')
    return text === null ? { text: t('field.needed') } : keep({ kind: 'note', text }, null)
  }

  async function contact(values: FormValues): Promise<FormErrors | null> {
    const what = pick(ContactKind.options, one(values, 'what'))
    const when = momentOf(values, 'when', HERE)
    const authority = one(values, 'authority')
    if (what === null) return { what: t('field.needed') }
    if (authority === '') return { authority: t('field.needed') }
    if (when.state !== 'said') return { when: t('field.needed') }
    const said = {
      what,
      authority,
      when: when.at,
      where: wordsOf(values, 'where'),
      calledBy: wordsOf(values, 'calledBy'),
    }
    return keep({ kind: 'contact', contact: said }, null)
  }

  async function file(values: FormValues, { kind, type, bytes }: Picked): Promise<FormErrors | null> {
    if (bytes.length > LARGEST_JOTTED) return { '': t('phone.not_kept.too_large') }
    const wrong = await keep({ kind, text: wordsOf(values, 'text'), type }, bytes)
    if (wrong === null) dropShared()
    return wrong
  }

  return (
    <Jot
      speech={speech}
      note={note}
      contact={contact}
      file={file}
      typing={{ load: () => null, keep: type, drop: () => void app.jotter.typing(sheet.current, null) }}
      typed={typed}
      authorities={authorities}
      start={{
        'when.day': [now.day],
        'when.time': [now.time],
        ...(shared.text === '' ? {} : { text: [shared.text] }),
      }}
      given={shared.picked[0] ?? null}
      problem={shared.problem}
      waiting={jotted}
      said={state.jottedProblem === null ? null : speech.find(`error.${state.jottedProblem}`)}
    />
  )
}
