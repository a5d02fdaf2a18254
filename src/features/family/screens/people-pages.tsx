import { useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useGoOn, useParams } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, many, one, pick, wordsOf } from '../../../web/ui/form-values.ts'
import { changes } from '../../cases/screens/changes.ts'
import { codeOptions, codeText } from '../../cases/screens/codes.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { useCase } from '../../cases/screens/use-case.ts'
import { useRecord } from '../../cases/screens/use-record.ts'
import { type FamilyLink, LinkRelation } from '../link.ts'
import { answerLink, editPerson, endLink, requestLink } from '../ops.ts'
import { canBeCalled, MayBeCalled, PersonRole } from '../person.ts'
import { People, type ShownLink, type ShownPerson } from './People.tsx'
import { LinkForm, PersonForm } from './people-forms.tsx'
import { type Family, useFamily } from './use-family.ts'

export function PeoplePage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { family, problem, isAsking } = useFamily(caseId)
  const { speech, pack, now } = useDesk()
  const record = useRecord()
  const [refused, setRefused] = useState<string | null>(null)
  if (found.state !== 'found') return <NotThere found={found} />
  const { t } = speech
  const { case: row, timeZone, isMine } = found.opened
  const canWrite = isMine && row.state === 'open'
  const people = family.people.toSorted((a, b) => Number(a.state === 'before') - Number(b.state === 'before'))

  function shown(person: Family['people'][number]): ShownPerson {
    const about = [
      codeText(pack, 'family_relationship', speech, person.relation),
      ...person.roles.map((role) => t(`family.role.${role}`)),
      ...(person.language === null ? [] : [codeText(pack, 'languages', speech, person.language)]),
    ]
    return {
      id: person.id,
      name: person.callName,
      about: about.join(' · '),
      called: t(`family.called.${person.mayBeCalled}`),
      words: person.about,
      phone: canBeCalled(person) ? person.phone : null,
      when: person.calledWhen,
      isPast: person.state === 'before',
    }
  }

  function shownLink(link: FamilyLink): ShownLink {
    const waits = link.state === 'waiting'
    return {
      id: link.id,
      title: [t(`family.other.${link.relation}`), link.alias].filter((text) => text !== null).join(' · '),
      about: [link.worker, link.office, dayText(speech, link.askedAt as Instant, timeZone, now)] // the server's own moment
        .filter((text) => text !== null)
        .join(' · '),
      state: t(waits ? `family.link.waiting_${link.side}` : `family.link.${link.state as 'agreed'}`), // not waiting
      isDone: link.state === 'agreed',
      mayAnswer: canWrite && waits && link.side === 'was_asked',
      mayEnd: canWrite && (link.state === 'agreed' || (waits && link.side === 'asked')),
    }
  }

  const linkOf = (id: string) => ({ closedAt: row.closedAt, link: family.links.find((one) => one.id === id) ?? null })
  async function answer(linkId: string, decision: 'agreed' | 'declined') {
    const wrong = await record(
      answerLink,
      { caseId, linkId, decision },
      { ...linkOf(linkId), isCircular: false },
      timeZone,
    )
    setRefused(wrong?.[''] ?? null)
  }
  async function end(linkId: string) {
    const wrong = await record(endLink, { caseId, linkId }, { ...linkOf(linkId), isLeanedOn: false }, timeZone)
    setRefused(wrong?.[''] ?? null)
  }
  return (
    <People
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      household={people.filter((person) => person.inHousehold).map(shown)}
      others={people.filter((person) => !person.inHousehold).map(shown)}
      links={family.links.map(shownLink)}
      canWrite={canWrite}
      isAsking={isAsking}
      problem={refused ?? (problem === null ? null : errorText(speech, problem))}
      answer={(id, decision) => void answer(id, decision)}
      end={(id) => void end(id)}
    />
  )
}

export function PersonPage() {
  const caseId = useCaseId()
  const { kinId }: { kinId?: string } = useParams() // the path of this screen may name it
  const found = useCase(caseId)
  const { family, isAsking } = useFamily(caseId)
  const { speech, pack, desk } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [fresh] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  const before = family.people.find((person) => person.id === kinId)
  if (kinId !== undefined && before === undefined)
    return <NotThere found={isAsking ? { state: 'asking' } : { state: 'failed', code: 'not_found' }} />

  async function submit(values: FormValues): Promise<FormErrors | null> {
    const mayBeCalled = pick(MayBeCalled.options, one(values, 'mayBeCalled'))
    for (const name of ['callName', 'relation'])
      if (one(values, name) === '') return { [name]: speech.t('field.needed') }
    if (mayBeCalled === null) return { mayBeCalled: speech.t('field.needed') }
    const now = {
      callName: one(values, 'callName'),
      relation: one(values, 'relation'),
      roles: rolesOf(values, before?.roles ?? []),
      inHousehold: one(values, 'inHousehold') === 'yes',
      phone: wordsOf(values, 'phone'),
      mayBeCalled,
      calledWhen: mayBeCalled === 'never' ? null : wordsOf(values, 'calledWhen'),
      language: wordsOf(values, 'language'),
      about: wordsOf(values, 'about'),
      state: one(values, 'state') === 'before' ? 'before' : 'now',
    }
    const set = changes({ ...before }, now)
    const id = before?.id ?? fresh
    const known = { closedAt: row.closedAt, row: before === undefined ? null : { ...before } }
    const wrong =
      Object.keys(set).length === 0
        ? null
        : await record(editPerson, { id, caseId, set }, known, timeZone, {
            thing: 'family_person',
            id,
            seen: before?.version ?? 0,
          })
    if (wrong === null) goOn(`/cases/${caseId}/people`)
    return wrong
  }
  return (
    <PersonForm
      speech={speech}
      alias={row.alias}
      isNew={before === undefined}
      relations={codeOptions(pack, 'family_relationship', speech)}
      languages={codeOptions(pack, 'languages', speech)}
      start={{
        callName: [before?.callName ?? ''],
        relation: [before?.relation ?? ''],
        roles: before?.roles ?? [],
        inHousehold: before?.inHousehold === true ? ['yes'] : [],
        phone: [before?.phone ?? ''],
        mayBeCalled: [before?.mayBeCalled ?? ''],
        calledWhen: [before?.calledWhen ?? ''],
        language: [before?.language ?? ''],
        about: [before?.about ?? ''],
        state: [before?.state ?? 'now'],
      }}
      draft={desk.drafts.of(`person/${caseId}/${kinId ?? ''}`)}
      submit={submit}
    />
  )
}

/** The same list where nothing was changed, so that it is nobody's difference. */
function rolesOf(values: FormValues, before: PersonRole[]): PersonRole[] {
  const now = PersonRole.options.filter((role) => many(values, 'roles').includes(role))
  return now.length === before.length && now.every((role) => before.includes(role)) ? before : now
}

export function LinkPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const { family } = useFamily(caseId)
  const { speech, desk } = useDesk()
  const record = useRecord()
  const goOn = useGoOn()
  const [id] = useState(newId)
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  async function submit(values: FormValues): Promise<FormErrors | null> {
    const relation = pick(LinkRelation.options, one(values, 'relation'))
    if (one(values, 'alias') === '') return { alias: speech.t('field.needed') }
    if (relation === null) return { relation: speech.t('field.needed') }
    const payload = { id, caseId, alias: one(values, 'alias'), relation }
    const known = { closedAt: row.closedAt, ownAlias: row.alias, links: family.links, today: 0 }
    const wrong = await record(requestLink, payload, known, timeZone)
    if (wrong === null) goOn(`/cases/${caseId}/people`)
    return wrong
  }
  return (
    <LinkForm speech={speech} alias={row.alias} start={{}} draft={desk.drafts.of(`link/${caseId}`)} submit={submit} />
  )
}
