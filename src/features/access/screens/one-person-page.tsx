import { useParams } from '../../../web/here-context.ts'
import { useState } from 'react'
import { ROLES } from '../../../core/access.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { many, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { isSensitive, roleFits } from '../roles.ts'
import { type KeyProps, OnePerson } from './OnePerson.tsx'
import type { Account, Everybody } from '../people-types.ts'
import { roleText, stateOf, usePeople } from './use-people.ts'

/** One account as far as the asking person may change it: an administrator most of it, the DPO and a supervisor the key. */
export function OnePersonPage() {
  const { speech, person, pack, now, desk } = useDesk()
  const { t } = speech
  const { everybody, problem, said, act, submit } = usePeople()
  const { personId = '' } = useParams()
  const [once, setOnce] = useState<KeyProps['once']>(null)
  const account = everybody?.people.find((found) => found.id === personId)
  if (everybody === null || account === undefined)
    return (
      <Screen title={t('access.people')}>
        {everybody === null ? <p className="small">{t('wait')}</p> : <Notice tone="due">{t('error.not_found')}</Notice>}
      </Screen>
    )
  const isOther = account.id !== person.id && account.state !== 'ended'
  const isAdmin = person.role === 'admin' && isOther
  const office = everybody.offices.find((found) => found.id === account.orgId)
  const { vouch } = account

  async function show(kind: 'number' | 'link', path: string, body: Record<string, unknown>) {
    const answer = await act(path, body)
    const text = answer?.[kind === 'number' ? 'code' : 'link']
    setOnce(typeof text === 'string' ? { kind, text } : null)
  }
  const mayVouch = isOther && (person.role !== 'supervisor' || !isSensitive(account.role))
  const mayLink = isOther && ['admin', 'dpo'].includes(person.role)
  const keys: KeyProps = {
    lead: t(desk.session.inSetUp ? 'access.key_lead_set_up' : 'access.key_lead'),
    once,
    vouched:
      vouch === null
        ? null
        : vouch.opensAt > now
          ? t('access.vouch_opens', { time: momentText(speech, vouch.opensAt, pack.timeZone, now) })
          : t('access.vouch_open', { time: momentText(speech, vouch.endsAt, pack.timeZone, now) }),
    vouch:
      mayVouch && !desk.session.inSetUp
        ? () => void show('number', '/api/people/vouch', { id: newId(), personId })
        : null,
    giveLink: mayLink ? () => void show('link', '/api/people/invite', { personId }) : null,
    stopVouch: vouch === null ? null : () => void act('/api/people/vouch/stop', { id: vouch.id }),
  }
  const free = office?.teams.filter((team) => account.role === 'supervisor' || !isOn(account, team.id)) ?? []
  const others = officesLike(everybody, account)
  return (
    <OnePerson
      speech={speech}
      name={account.name}
      about={`${roleText(speech, account.role)} · ${office?.name ?? ''}`}
      login={account.login}
      state={stateOf(speech, account)}
      lastHere={
        account.activeAt === null
          ? t('access.never_here')
          : t('access.last_here', { day: dayText(speech, account.activeAt, pack.timeZone, now) })
      }
      problem={problem}
      said={said}
      keys={keys}
      teams={account.teams.map(({ id, name, supervises }) => ({
        id,
        text: supervises ? t('access.team_supervised', { team: name }) : name,
        takeOff: isAdmin ? () => void act('/api/people/teams/take-off', { personId, teamId: id }) : null,
      }))}
      putOnTeam={
        isAdmin && free.length > 0
          ? {
              teams: free.map(({ id, name }) => ({ value: id, label: name })),
              maySupervise: account.role === 'supervisor',
              submit: (values) =>
                submit('/api/people/teams/put', {
                  id: newId(),
                  personId,
                  teamId: one(values, 'teamId'),
                  supervises: many(values, 'supervises').includes('yes'),
                }),
            }
          : null
      }
      changeRole={
        isAdmin && office !== undefined
          ? {
              roles: ROLES.filter((role) => role !== account.role && roleFits(role, office.sector)).map((value) => ({
                value,
                label: roleText(speech, value),
              })),
              submit: (values) => submit('/api/people/role', { id: newId(), personId, role: one(values, 'role') }),
            }
          : null
      }
      move={
        isAdmin && others.length > 0 && !isSensitive(account.role)
          ? {
              offices: others.map(({ id, name }) => ({ value: id, label: name })),
              submit: (values) => submit('/api/people/move', { personId, orgId: one(values, 'orgId') }),
            }
          : null
      }
      endSessions={mayLink ? () => void act('/api/people/end-sessions', { personId }) : null}
      endAccount={isAdmin ? () => void act('/api/people/end', { id: newId(), personId }) : null}
    />
  )
}

function isOn(account: Account, teamId: string): boolean {
  return account.teams.some((team) => team.id === teamId)
}

/** Offices of the same side of the wall, where her role fits. */
function officesLike(everybody: Everybody, account: Account) {
  const own = everybody.offices.find((office) => office.id === account.orgId)
  return everybody.offices.filter((office) => office.id !== account.orgId && office.sector === own?.sector)
}
