import { useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { useDesk, zoneOf } from '../../../web/app-context.ts'
import type { Speech } from '../../../web/language.ts'
import { momentText, timeText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { useAnswer } from '../../../web/use-answer.ts'
import { waysOf } from '../../../web/ways.ts'
import { ownCases } from '../../cases/screens/case-file.ts'
import { codeText } from '../../cases/screens/codes.ts'
import { useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders } from '../../cases/screens/reason.ts'
import { askOf, type BoardAsk, type BoardClock, boardOf } from '../board.ts'
import type { ContactFacts } from '../contact.ts'
import { interviewsOf, isHeld, standingContacts } from '../custody.ts'
import { countStandings, dutiesOf } from '../duties.ts'
import { appliesTo, clocksOf } from '../safeguards.ts'
import { ownFile } from './justice-file.ts'
import { Missing } from './Missing.tsx'
import { SafeguardBoard } from './SafeguardBoard.tsx'
import { Safeguards, type ShownContact } from './Safeguards.tsx'
import { SafeguardStrip } from './SafeguardStrip.tsx'
import { dutyTitle } from './texts.ts'
import { useJustice } from './use-justice.ts'

export { AskWithoutVictimPage, AnswerPage, AskPage } from './answer-page.tsx'
export { CorrectContactPage, RecordContactPage } from './contact-page.tsx'
export { NewCasePage } from './new-case-page.tsx'

/** The time in which a board looks back on what was settled. */
const LOOK_BACK_MS = 90 * 86_400_000

export function Strip({ caseId }: { caseId: string }) {
  const { speech, pack, now, person } = useDesk()
  const found = useJustice(caseId)
  if (found.state !== 'found') return null
  const { file, duties, isMine, of, timeZone } = found
  // Whoever reads no contacts of a child, as who treats it, is not told that there are none.
  const looks = waysOf(person.role, speech.t).some(({ href }) => href === '/safeguards')
  if (file.contacts.length === 0 && !looks) return null
  return (
    <SafeguardStrip
      speech={speech}
      caseId={caseId}
      counts={file.contacts.length === 0 ? null : countStandings(duties)}
      lead={heldText(file.contacts)}
      canWrite={isMine && of.closedAt === null}
    />
  )

  function heldText(contacts: readonly ContactFacts[]): string | null {
    return heldLine(speech, contacts, {
      authorityOf: (code) => codeText(pack, 'custody_actor', speech, code),
      whenOf: (at) => momentText(speech, at, timeZone, now),
    })
  }
}

/** "Held since yesterday 07:50 by District police", or null when nobody holds the child as far as the file says. */
function heldLine(
  { t }: Pick<Speech, 't'>,
  contacts: readonly ContactFacts[],
  { authorityOf, whenOf }: { authorityOf: (code: string) => string; whenOf: (at: Instant) => string },
): string | null {
  const [first] = standingContacts(contacts).filter(
    (contact) => contact.detainedAt !== null || contact.firstCustodyAt !== null,
  )
  if (!isHeld(contacts) || first === undefined) return null
  const last = standingContacts(contacts).at(-1) ?? first
  const since = standingContacts(contacts)
    .filter((contact) => contact.startedAt > lastRelease(contacts))
    .flatMap((contact) => contact.firstCustodyAt ?? contact.detainedAt ?? [])
    .sort()[0]
  return t('justice.held_since', { when: whenOf(since ?? first.startedAt), authority: authorityOf(last.authority) })
}

function lastRelease(contacts: readonly ContactFacts[]): string {
  return (
    standingContacts(contacts)
      .filter((contact) => contact.kind === 'release')
      .at(-1)?.startedAt ?? ''
  )
}

type Words = { contacts: (ContactFacts & { words: Record<string, unknown> })[] }

export function SafeguardsPage() {
  const caseId = useCaseId()
  const { app, speech, pack, now, person } = useDesk()
  const found = useJustice(caseId)
  const [isOpen, setOpen] = useState(false)
  // Opening what was written is counted and written down, so it happens by choice.
  const asked = useAnswer(
    `words|${caseId}|${isOpen}`,
    async () => (isOpen ? ((await app.api.get(`/api/cases/${caseId}/justice`, reasonHeaders(caseId))) as Words) : null), // our own server, its own schema
  )
  if (found.state !== 'found') return <Missing found={found} />
  const { t } = speech
  const { of, file, duties, isMine, timeZone } = found
  const authorityOf = (code: string) => codeText(pack, 'custody_actor', speech, code)
  const whenOf = (at: Instant) => momentText(speech, at, timeZone, now)
  const standing = standingContacts(file.contacts)
  const shown = new Set(duties.map((duty) => duty.id))
  return (
    <Safeguards
      around={{ pack, speech, now, timeZone }}
      caseId={caseId}
      alias={of.alias}
      lead={[
        of.alias,
        heldLine(speech, file.contacts, { authorityOf, whenOf }) ??
          t(file.contacts.length === 0 ? 'justice.no_contact' : 'justice.not_held'),
      ].join(' · ')}
      duties={duties.map((duty) => ({ ...duty, authorityText: authorityOf(duty.authority) }))}
      others={pack.safeguards
        .filter((rule) => rule.limit === null && !shown.has(rule.id))
        .filter((rule) => standing.some((contact) => appliesTo(rule, contact)))
        .map((rule) => ({ id: rule.id, title: dutyTitle(pack, speech, rule.id) }))}
      contacts={standing.toReversed().map(shownContact)}
      interviews={interviewsOf(file.contacts)}
      canWrite={isMine && of.closedAt === null}
      agree={
        of.closedAt === null && isMine && person.role !== 'supervisor' && !file.supervisorAgreed
          ? { href: `/cases/${caseId}/victim`, text: t('justice.ask_victim_link') }
          : null
      }
      showWords={isOpen || file.contacts.length === 0 ? null : () => setOpen(true)}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      printed={t('cases.printed', { alias: of.alias, when: whenOf(now), name: person.name })}
    />
  )

  function shownContact(contact: ContactFacts): ShownContact {
    const words = asked.state === 'answered' ? asked.value?.contacts.find((one) => one.id === contact.id)?.words : null
    return {
      id: contact.id,
      what: `${t(`justice.kind.${contact.kind}`)} · ${authorityOf(contact.authority)}`,
      when: t('justice.contact_when', { when: whenOf(contact.startedAt), known: whenOf(contact.knownAt) }),
      note: contact.corrects === null ? null : t('justice.corrects_earlier'),
      words: WORDS.flatMap((name) => {
        const text = words?.[name]
        return typeof text === 'string' && text !== '' ? [{ label: t(`justice.words.${name}`), text }] : []
      }),
    }
  }
}

const WORDS = [
  'heldAt',
  'toldBy',
  'present',
  'legalBasis',
  'reason',
  'alternativesTried',
  'courtRef',
  'whyAgain',
  'victimRemovedWords',
] as const

type BoardAnswer = { now: Instant; clocks: BoardClock[]; asks: BoardAsk[] }

export function BoardPage() {
  const { app, speech, pack, now, rows, person, sync, isBlank } = useDesk()
  const supervises = person.teams.some((team) => team.supervises)
  const asked = useAnswer(
    `board|${supervises}`,
    async () => (supervises ? ((await app.api.get('/api/safeguards/board')) as BoardAnswer) : null), // our own server, its own schema
    // Looked at again after each round of sending and fetching.
    sync ?? '',
  )
  const { t } = speech
  // Who has no child's case and supervises nobody is told so: an empty board would say that no child is held.
  if (!supervises && !waysOf(person.role, t).some((way) => way.href === '/safeguards'))
    return (
      <Screen title={t('way.safeguards')}>
        <p>{t('justice.board.not_yours')}</p>
      </Screen>
    )
  const answer = asked.state === 'answered' ? asked.value : null
  const told = supervises ? answer : isBlank ? null : { clocks: ownClocks(), asks: ownAsks() }
  return (
    <SafeguardBoard
      around={{ pack, speech, now }}
      board={told === null ? null : boardOf(told.clocks, told.asks, now)}
      problem={problemText()}
      fetched={
        answer === null
          ? t('justice.board.own')
          : t('justice.board.fetched', { time: timeText(speech, answer.now, pack.timeZone) })
      }
      zoneOf={(region) => zoneOf(pack, region)}
      authorityOf={(code) => codeText(pack, 'custody_actor', speech, code)}
      isTeam={supervises}
    />
  )

  function problemText(): string | null {
    if (supervises) return asked.state === 'failed' ? errorText(speech, asked.code) : null
    return isBlank && sync === 'no_connection' ? errorText(speech, 'no_connection') : null
  }

  /** The board of a worker's own cases, from her device: it needs no line. */
  function ownClocks(): BoardClock[] {
    return ownCases(rows)
      .filter((own) => own.case.state === 'open')
      .flatMap(({ case: { id, alias, region } }) => {
        const { contacts, answers } = ownFile(rows, id, pack.safeguards)
        const held = isHeld(contacts)
        return clocksOf(contacts, answers, pack.safeguards, zoneOf(pack, region))
          .filter((clock) => held || Date.parse(now) - Date.parse(clock.metAt ?? clock.endedAt ?? now) < LOOK_BACK_MS)
          .map((clock): BoardClock => ({ ...clock, caseId: id, alias, region, workerName: null, held }))
      })
  }

  function ownAsks(): BoardAsk[] {
    return ownCases(rows)
      .filter((own) => own.case.state === 'open')
      .flatMap(({ case: { id: caseId, alias, region } }) => {
        const { contacts, answers } = ownFile(rows, caseId, pack.safeguards)
        const duties = dutiesOf(contacts, answers, pack.safeguards, zoneOf(pack, region), now)
        return askOf({ caseId, alias, workerName: null }, duties)
      })
  }
}
