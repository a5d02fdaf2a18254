import { useGoOn, useParams } from '../../../web/here-context.ts'
import { useState } from 'react'
import { ROLES } from '../../../core/access.ts'
import { Sector } from '../../../core/part.ts'
import { type Day, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { LANGUAGES } from '../../../web/language.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { type FormValues, one, wordsOf } from '../../../web/ui/form-values.ts'
import { Screen } from '../../../web/ui/Screen.tsx'
import { roleFits } from '../roles.ts'
import { Administration } from './Administration.tsx'
import { Changes } from './Changes.tsx'
import { NewPerson } from './NewPerson.tsx'
import { NewOffice, NewTeam, Offices } from './Offices.tsx'
import { People } from './People.tsx'
import type { Account, Appointment, Everybody, PeopleChange, SetUp } from '../people-types.ts'
import { roleText, sectorText, stateOf, usePeople } from './use-people.ts'

export { OnePersonPage } from './one-person-page.tsx'

export function AdministrationPage() {
  const { app, speech, person, pack, now } = useDesk()
  const { t } = speech
  const { everybody, problem, said, act } = usePeople()
  const asked = useAnswer(
    'set-up',
    async () => (await app.api.get('/api/set-up')) as SetUp, // our own server's schema
    everybody === null ? 0 : everybody.people.length,
  )
  const setUp = asked.state === 'answered' && !asked.value.isOver ? asked.value : null
  const whatOf = (one: Appointment): string => {
    const name = nameOf(everybody, one.personId)
    if (one.kind === 'role' && one.role !== null)
      return t('access.waits.role', { name, role: roleText(speech, one.role) })
    if (one.kind === 'supervise') return t('access.waits.supervise', { name, team: teamOf(everybody, one.teamId) })
    if (one.kind === 'roster' && one.fromOn !== null && one.untilOn !== null) {
      const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
      const office = everybody?.offices.find((found) => found.id === one.orgId)?.name ?? ''
      return t('access.waits.roster', { name, office, from: onDay(one.fromOn), until: onDay(one.untilOn) })
    }
    return t('access.waits.end', { name })
  }
  return (
    <Administration
      speech={speech}
      problem={problem}
      said={said}
      steps={setUp?.steps.map(({ step, done }) => ({ title: t(`access.step.${step}`), done })) ?? null}
      waiting={(everybody?.appointments ?? []).map((one) => ({
        id: one.id,
        what: whatOf(one),
        by: t('access.proposed_by', {
          name: nameOf(everybody, one.proposedBy),
          time: momentText(speech, one.proposedAt, pack.timeZone, now),
        }),
        until: t(one.ranOut ? 'access.proposal_ran_out' : 'access.proposal_until', {
          time: momentText(speech, one.overAt, pack.timeZone, now),
        }),
        mine: one.proposedBy === person.id,
        ranOut: one.ranOut,
      }))}
      rows={[
        {
          href: '/admin/people',
          icon: 'people',
          title: t('access.people'),
          about: t('access.people_count', {
            count: everybody?.people.filter((one) => one.state !== 'ended').length ?? 0,
          }),
        },
        {
          href: '/admin/offices',
          icon: 'cases',
          title: t('access.offices'),
          about: t('access.offices_count', { count: everybody?.offices.length ?? 0 }),
        },
        { href: '/admin/changes', icon: 'clock', title: t('access.changes'), about: t('access.changes_lead') },
      ]}
      decide={(id, confirm) => void act('/api/people/decide', { id, confirm })}
    />
  )
}

export function PeoplePage() {
  const { speech, person } = useDesk()
  const { everybody, problem } = usePeople()
  const rowOf = (one: Account) => ({
    id: one.id,
    name: one.name,
    about: roleText(speech, one.role),
    state: stateOf(speech, one),
  })
  return (
    <People
      speech={speech}
      mayAdd={person.role === 'admin'}
      problem={problem}
      groups={(everybody?.offices ?? [])
        .map(({ id, name }) => ({
          id,
          office: name,
          people: everybody?.people.filter((one) => one.orgId === id).map(rowOf) ?? [],
        }))
        .filter(({ people }) => people.length > 0)}
    />
  )
}

export function NewPersonPage() {
  const { speech, pack } = useDesk()
  const { everybody, submit } = usePeople()
  const goOn = useGoOn()
  const [id] = useState(newId) // sent twice, it is still one person
  const offices = everybody?.offices ?? []
  if (everybody === null) return <Waiting title={speech.t('access.person_new')} />
  async function add(values: FormValues) {
    const wrong = await submit('/api/people', {
      id,
      name: one(values, 'name'),
      login: one(values, 'login'),
      orgId: one(values, 'orgId'),
      role: one(values, 'role'),
      language: one(values, 'language'),
    })
    if (wrong === null) goOn(`/admin/people/${id}`)
    return wrong
  }
  return (
    <NewPerson
      speech={speech}
      offices={offices.map(({ id: value, name }) => ({ value, label: name }))}
      rolesOf={(officeId) => {
        const sector = offices.find((office) => office.id === officeId)?.sector
        return ROLES.filter((role) => sector !== undefined && roleFits(role, sector)).map((value) => ({
          value,
          label: roleText(speech, value),
        }))
      }}
      languages={Object.entries(LANGUAGES)
        .filter(([code]) => pack.languages.includes(code))
        .map(([value, { name }]) => ({ value, label: name }))}
      start={{ language: [speech.language], orgId: offices.length === 1 ? [offices[0]?.id ?? ''] : [] }}
      submit={add}
    />
  )
}

export function OfficesPage() {
  const { speech, person, pack } = useDesk()
  const { everybody, problem } = usePeople()
  const regionOf = (code: string | null) => pack.regions.find((one) => one.code === code)?.label ?? null
  return (
    <Offices
      speech={speech}
      mayAdd={person.role === 'admin'}
      problem={problem}
      offices={(everybody?.offices ?? []).map(({ id, name, sector, region, teams }) => {
        const label = regionOf(region)
        const about = sectorText(speech, sector)
        return {
          id,
          name,
          teams,
          hasRoster: person.role !== 'supervisor' && roleFits('supervisor', sector),
          about: label === null ? about : `${about} · ${speech.label(label)}`,
        }
      })}
    />
  )
}

export function NewOfficePage() {
  const { speech, pack } = useDesk()
  const { submit } = usePeople()
  const goOn = useGoOn()
  const [id] = useState(newId)
  async function add(values: FormValues) {
    const wrong = await submit('/api/people/organisations', {
      id,
      name: one(values, 'name'),
      sector: one(values, 'sector'),
      region: wordsOf(values, 'region'),
    })
    if (wrong === null) goOn('/admin/offices')
    return wrong
  }
  return (
    <NewOffice
      speech={speech}
      sectors={Sector.options.map((value) => ({ value, label: sectorText(speech, value) }))}
      regions={pack.regions.map(({ code, label }) => ({ value: code, label: speech.label(label) }))}
      submit={add}
    />
  )
}

export function NewTeamPage() {
  const { speech } = useDesk()
  const { everybody, submit } = usePeople()
  const goOn = useGoOn()
  const { officeId = '' } = useParams()
  const [id] = useState(newId)
  async function add(values: FormValues) {
    const wrong = await submit('/api/people/teams', { id, orgId: officeId, name: one(values, 'name') })
    if (wrong === null) goOn('/admin/offices')
    return wrong
  }
  const office = everybody?.offices.find((found) => found.id === officeId)
  return <NewTeam speech={speech} office={office?.name ?? ''} submit={add} />
}

export function ChangesPage() {
  const { app, speech, pack, now } = useDesk()
  const { everybody } = usePeople()
  const asked = useAnswer(
    'people-changes',
    async () => ((await app.api.get('/api/people/changes')) as { changes: PeopleChange[] }).changes, // our own server's schema
  )
  return (
    <Changes
      speech={speech}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
      changes={
        asked.state === 'answered'
          ? asked.value.map(({ id, at, byPerson, action, personId }) => ({
              id,
              what: speech.find(`access.change.${action}`) ?? action,
              who: personId === null ? null : nameOf(everybody, personId),
              by: `${nameOf(everybody, byPerson ?? personId)} · ${momentText(speech, at, pack.timeZone, now)}`,
            }))
          : null
      }
    />
  )
}

function Waiting({ title }: { title: string }) {
  const { speech } = useDesk()
  return (
    <Screen title={title}>
      <p className="small">{speech.t('wait')}</p>
    </Screen>
  )
}

function nameOf(everybody: Everybody | null, id: string | null): string {
  return everybody?.people.find((one) => one.id === id)?.name ?? ''
}

function teamOf(everybody: Everybody | null, id: string | null): string {
  return everybody?.offices.flatMap((office) => office.teams).find((team) => team.id === id)?.name ?? ''
}
