import { type Day, dayOf, startOfDay } from '../../../core/time.ts'
import { newId } from '../../../crypto/random.ts'
import { useDesk } from '../../../web/app-context.ts'
import { useParams } from '../../../web/here-context.ts'
import { dayText } from '../../../web/moments.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { Screen } from '../../../web/ui/Screen.tsx'
import { dayIn } from '../../../web/ui/when.ts'
import { mayStandAbove } from '../roles.ts'
import { Roster } from './Roster.tsx'
import { usePeople } from './use-people.ts'

/** The roster above one office: an administrator asks, another one says yes; taking somebody off needs one alone. */
export function RosterPage() {
  const { speech, person, pack, now } = useDesk()
  const { t } = speech
  const { everybody, problem, said, act, submit } = usePeople()
  const { officeId = '' } = useParams()
  const office = everybody?.offices.find((found) => found.id === officeId)
  if (everybody === null || office === undefined)
    return (
      <Screen title={t('access.roster')}>
        {everybody === null ? <p className="small">{t('wait')}</p> : <Notice tone="due">{t('error.not_found')}</Notice>}
      </Screen>
    )
  const { people, offices, roster, appointments } = everybody
  const officeOf = (orgId: string) => offices.find((found) => found.id === orgId)
  const onDay = (day: Day) => dayText(speech, startOfDay(day, pack.timeZone), pack.timeZone, now)
  const lineOf = ({ id, personId, fromOn, untilOn }: { id: string; personId: string; fromOn: Day; untilOn: Day }) => {
    const found = people.find((account) => account.id === personId)
    return {
      id,
      name: found?.name ?? '–',
      organisation: officeOf(found?.orgId ?? '')?.name ?? '',
      days: t('access.roster_days', { from: onDay(fromOn), until: onDay(untilOn) }),
    }
  }
  const asked = appointments.flatMap(({ id, kind, orgId, personId, fromOn, untilOn, ranOut }) =>
    kind === 'roster' && !ranOut && orgId === officeId && fromOn !== null && untilOn !== null
      ? [{ ...lineOf({ id, personId, fromOn, untilOn }), takeOff: null }]
      : [],
  )
  const above = people.filter(({ state, role, orgId }) => {
    const { sector } = officeOf(orgId) ?? {}
    return state !== 'ended' && sector !== undefined && mayStandAbove({ role, orgId, sector }, office)
  })
  const today = dayOf(now, pack.timeZone)

  async function ask(values: FormValues): Promise<FormErrors | null> {
    const [fromOn, untilOn] = [dayIn(one(values, 'fromOn')), dayIn(one(values, 'untilOn'))]
    if (fromOn === null) return { fromOn: t('field.needed') }
    if (untilOn === null) return { untilOn: t('field.needed') }
    return submit('/api/people/roster', {
      id: newId(),
      orgId: officeId,
      personId: one(values, 'personId'),
      fromOn,
      untilOn,
    })
  }
  return (
    <Roster
      speech={speech}
      office={office.name}
      problem={problem}
      said={said}
      lines={[
        ...asked,
        ...roster
          .filter(({ orgId }) => orgId === officeId)
          .map((entry) => ({
            ...lineOf(entry),
            takeOff: () => void act('/api/people/roster/take-off', { id: entry.id }),
          })),
      ]}
      add={
        person.role === 'admin' && above.length > 0
          ? {
              people: above.map(({ id, name, orgId }) => ({
                value: id,
                label: `${name} · ${officeOf(orgId)?.name ?? ''}`,
              })),
              start: { fromOn: [today] },
              submit: ask,
            }
          : null
      }
    />
  )
}
