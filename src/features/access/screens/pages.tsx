import { useGoOn } from '../../../web/here-context.ts'
import { useEffect, useState } from 'react'
import type { Op } from '../../../core/op.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useFeatures } from '../../../web/features-context.ts'
import { isLanguage, LANGUAGES } from '../../../web/language.ts'
import { endOfLease } from '../../../web/lease.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { hasPhoneLock } from '../../../web/passkey.ts'
import { answerText } from '../../../web/refusal-text.ts'
import { keyOf } from '../../../web/replica.ts'
import { saveLine } from '../../../web/save-line.ts'
import { one } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { Help, Install } from './Help.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { More, type MoreRow } from './More.tsx'
import { MyDevice } from './MyDevice.tsx'
import { type AttentionItem, Sending } from './Sending.tsx'
import { typedInto } from './typed.ts'

export { SetUpPage } from './set-up-page.tsx'

/** Who registers children, and may therefore take a list of them in. */
const REGISTERS = ['case_worker', 'intake']

/** This device's own time: its sending is told in it, as the line under the top bar is. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

export function MorePage() {
  const { app, desk, speech, state, person } = useDesk()
  const { t, find, language } = speech
  const attention = desk.replica.attention().length
  const unsent = app.unsent()
  const features = useFeatures()
  const rows: MoreRow[] = [
    {
      href: '/more/sending',
      icon: 'send',
      title: t('access.sending'),
      about: saveLine(state).text,
      status:
        attention > 0
          ? { tone: 'due', text: t('access.attention_count', { count: attention }) }
          : unsent > 0
            ? { tone: 'quiet', text: t('access.waiting_count', { count: unsent }) }
            : null,
    },
    {
      href: '/more/language',
      icon: 'language',
      title: t('access.language'),
      about: LANGUAGES[language].name,
      status: null,
    },
    {
      href: '/more/device',
      icon: 'device',
      title: t('access.device'),
      about: t(desk.vault.lasting ? 'access.device_set_up' : 'access.device_not_set_up'),
      status: null,
    },
    {
      href: '/more/notices',
      icon: 'bell',
      title: t('notices.title'),
      about: t('notices.about'),
      status: null,
    },
    {
      href: '/more/sign-ins',
      icon: 'people',
      title: t('access.sign_ins'),
      about: t('access.sign_ins_lead'),
      status: desk.session.renewal == null ? null : { tone: 'urgent', text: t('access.renewal_short') },
    },
    ...(REGISTERS.includes(person.role)
      ? [
          {
            href: '/more/import',
            icon: 'people' as const, // one of the signs, not any text
            title: t('access.import'),
            about: t('access.import_about'),
            status: null,
          },
        ]
      : []),
    ...(person.role === 'supervisor'
      ? [
          {
            href: '/admin/people',
            icon: 'people' as const, // one of the signs, not any text
            title: t('access.people'),
            about: t('access.people_office'),
            status: null,
          },
        ]
      : []),
    {
      href: '/more/staff-care',
      icon: 'people',
      title: t('supervision.care'),
      about: t('supervision.care_about'),
      status: null,
    },
    ...features.flatMap((feature) => (feature.more?.(person, t) ?? []).map((link) => ({ ...link, status: null }))),
    { href: '/more/help', icon: 'ask', title: t('access.help'), about: t('access.help_about'), status: null },
  ]
  return (
    <More
      speech={speech}
      who={`${person.name} · ${find(`role.${person.role}`) ?? person.role} · ${person.organisation.name}`}
      rows={rows}
      unsent={unsent}
      isBegun={!desk.vault.lasting && desk.drafts.areKept()}
      keeps={desk.vault.lasting}
      signOut={() => void app.signOut()}
    />
  )
}

export function SendingPage() {
  const { desk, speech, state, rows, now } = useDesk()
  const features = useFeatures()
  const goOn = useGoOn()
  const { replica } = desk

  function whatOf(op: Op): { what: string; about: string } {
    const caseId = String(op.payload.caseId ?? op.payload.id)
    const alias = rows.get(keyOf({ thing: 'case', id: caseId }))?.fields.alias
    const when = momentText(speech, op.claimedAt, HERE, now)
    return {
      what: didText(op),
      about: typeof alias === 'string' ? `${alias} · ${when}` : when,
    }
  }

  /** A contact's own sentence names kind and authority, which only its screens know; here the plain one stands. */
  function didText({ type, payload }: Op): string {
    const kind = typeof payload.kind === 'string' ? speech.find(`justice.kind.${payload.kind}`) : null
    return kind ?? speech.find(`did.${type}`) ?? speech.t('did.other')
  }

  function itemOf(found: ReturnType<typeof replica.attention>[number]): AttentionItem {
    const { op, id } = found
    const settle = () => replica.commit({ dealtWith: [id] })
    const common = { id, ...whatOf(op), typed: typedInto(op, speech), discard: () => void settle() }
    if (found.kind === 'difference' || found.answer.answer === 'accepted')
      return {
        ...common,
        sentence: speech.t('access.difference'),
        typed: [],
        decideAt: `/cases/${String(op.payload.caseId)}/differences`,
        correct: null,
        again: null,
      }
    if (found.emptied === true)
      return {
        ...common,
        sentence: speech.t('access.words_gone'),
        typed: [],
        decideAt: null,
        correct: null,
        again: null,
      }
    const correction = features.map((feature) => feature.correct?.(op) ?? null).find((one) => one !== null)
    return {
      ...common,
      sentence: answerText(speech, found.answer),
      decideAt: null,
      correct:
        correction === undefined
          ? null
          : () => {
              desk.drafts.of(correction.form).keep(correction.values)
              void settle().then(() => goOn(correction.href))
            },
      again: () => void sendAgain(op).then(settle),
    }
  }

  /** As a new operation: an answered one is answered for good. */
  async function sendAgain({ type, payload, baseVersion }: Op): Promise<void> {
    // Its version is known, so its kind is not looked up.
    const row = baseVersion === null ? {} : { row: { thing: type, id: String(payload.id), seen: baseVersion } }
    await desk.put([{ type, payload, ...row }])
    void desk.rounds.now()
  }

  return (
    <Sending
      speech={speech}
      line={saveLine(state).text}
      isRunning={state.sync === 'running'}
      attention={replica.attention().map(itemOf)}
      waiting={replica
        .waiting()
        .filter(({ answer }) => answer === null)
        .map(({ op }) => ({ id: op.opId, ...whatOf(op) }))}
      sendNow={() => void desk.rounds.now()}
    />
  )
}

export function LanguagePage() {
  const { app, speech, start } = useDesk()
  return (
    <Screen title={speech.t('access.language')} lead={speech.t('access.language_lead')} plain>
      <LanguageChoice
        speech={speech}
        offered={start.languages.filter(isLanguage)}
        choose={(language) => void app.speak(language)}
      />
    </Screen>
  )
}

export function DevicePage() {
  const { app, desk, speech, state, rows, now } = useDesk()
  const [canAdd, setCanAdd] = useState(false)
  useEffect(() => {
    void hasPhoneLock().then(setCanAdd)
  }, [])
  const metAt = desk.vault.lasting ? state.lease?.metAt : undefined
  return (
    <MyDevice
      speech={speech}
      held={
        metAt !== undefined
          ? {
              cases: [...rows.values()].filter((row) => row.thing === 'case').length,
              metAt: momentText(speech, metAt, HERE, now),
              until: dayText(speech, endOfLease(metAt), HERE, now),
            }
          : null
      }
      unsent={app.unsent() + state.jotted}
      hasPhoneLock={state.hasPasskey}
      addPhoneLock={
        !canAdd || state.hasPasskey
          ? null
          : async (values) => {
              const added = await app.addPasskey(one(values, 'passphrase'))
              if (added === 'added') return null
              return added === 'wrong'
                ? { passphrase: speech.t('lock.wrong') }
                : { '': speech.t('access.phone_lock_declined') }
            }
      }
      lock={() => app.tell('hide')}
      erase={() => void app.erase()}
    />
  )
}

export function HelpPage() {
  return <Help speech={useDesk().speech} />
}

export function InstallPage() {
  return <Install speech={useDesk().speech} />
}
