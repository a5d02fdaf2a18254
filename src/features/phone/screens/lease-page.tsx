import { useEffect, useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { fromBase64url } from '../../../crypto/base64url.ts'
import { randomBelow } from '../../../crypto/random.ts'
import { spokenCode } from '../../../crypto/spoken-code.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { endOfLease } from '../../../web/lease.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { digitsOf, Lease } from './Lease.tsx'

/** The number that was asked about, and how often a wrong code was typed for it. */
const ASKED = 'spoken-number'
const TRIES = 5
type Asked = { number: string; tries: number }
type Supervised = { id: string; name: string; until: Instant | null }

export function LeasePage() {
  const { app, desk, speech, pack, state, person, now } = useDesk()
  const { t } = speech
  const [asked, setAsked] = useState<Asked | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const { vault } = desk
  const supervises = person.teams.some((team) => team.supervises)
  const found = useAnswer(supervises ? 'supervised' : 'nobody', async () =>
    // Our own server answers in its own schema.
    supervises ? ((await app.api.get('/api/phone/supervised')) as { people: Supervised[] }).people : [],
  )
  const lease = vault.lasting ? state.lease : null
  const day = (moment: Instant) => dayText(speech, moment, pack.timeZone, now)

  const isAsked = asked !== null
  useEffect(() => {
    // Anew when the last one was answered, or guessed at too often.
    if (vault.lasting && !isAsked) void askedNumber().then(setAsked)
    async function askedNumber(): Promise<Asked | null> {
      if ((await vault.get('meta', 'spoken')) === null) return null
      return ((await vault.get('meta', ASKED)) as Asked | null) ?? (await another()) // only written below
    }
    async function another(): Promise<Asked> {
      const three = () => String(randomBelow(1000)).padStart(3, '0') // it draws from two bytes, so six digits are drawn twice
      const made = { number: three() + three(), tries: 0 }
      await vault.write([{ store: 'meta', key: ASKED, value: made }])
      return made
    }
  }, [vault, isAsked])

  async function keepAsked(next: Asked | null): Promise<void> {
    await vault.write([{ store: 'meta', key: ASKED, value: next }])
    setAsked(next)
  }

  async function tell(values: FormValues): Promise<FormErrors | null> {
    const days = one(values, 'days') === '30' ? 30 : 21
    try {
      const { until } = (await app.api.post('/api/phone/trip', { device: desk.device, days })) as { until: Instant } // as above
      await app.keepUntil(until)
      setDone(t('phone.trip_told', { day: day(until) }))
      return null
    } catch (error) {
      return { '': errorText(speech, codeOf(error)) }
    }
  }

  async function enter(values: FormValues): Promise<FormErrors | null> {
    const secret = fromBase64url(String(await vault.get('meta', 'spoken')))
    if (asked === null || secret === null || lease === null) return { code: t('phone.spoken_wrong') }
    if (digitsOf(values, 'code') !== (await spokenCode(secret, asked.number))) {
      // After a few wrong ones it is another number, so that nobody tries them all.
      if (asked.tries + 1 >= TRIES) {
        await keepAsked(null)
        setDone(t('phone.spoken_another'))
      } else await keepAsked({ ...asked, tries: asked.tries + 1 })
      return { code: t('phone.spoken_wrong') }
    }
    await app.keepUntil(endOfLease(lease.metAt))
    await keepAsked(null)
    setDone(t('phone.spoken_done', { day: day(endOfLease(lease.metAt)) }))
    return null
  }

  async function give(values: FormValues): Promise<string | FormErrors> {
    const number = digitsOf(values, 'number')
    const personId = one(values, 'personId')
    if (personId === '') return { personId: t('field.needed') }
    if (!/^\d{6}$/.test(number)) return { number: t('phone.give_six') }
    try {
      return ((await app.api.post('/api/phone/spoken', { personId, number })) as { code: string }).code // as above
    } catch (error) {
      return { '': errorText(speech, codeOf(error)) }
    }
  }

  const people = found.state === 'answered' ? found.value : []
  return (
    <Lease
      speech={speech}
      held={
        lease === null
          ? null
          : {
              met: momentText(speech, lease.metAt, pack.timeZone, now),
              packs: day(lease.packsUntil),
              cards: day(endOfLease(lease.metAt)),
            }
      }
      tell={tell}
      number={asked?.number ?? null}
      enter={enter}
      done={done}
      people={people.map(({ id, name, until }) => ({
        value: id,
        label: until === null ? name : t('phone.away', { name, day: day(until) }),
      }))}
      give={give}
    />
  )
}
