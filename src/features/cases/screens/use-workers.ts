import { useState } from 'react'
import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { Option } from '../../../web/ui/Field.tsx'
import { type Away, awayText, isAway } from './AwayNote.tsx'

type Colleague = { id: string; name: string }
type Load = { workerId: string; open: number; hours: number; away: Away | null }

/**
 * Whoever may be given a case, with what she carries already beside her name: wherever a supervisor gives one. Who is away is
 * not among them until she asks for it.
 */
export function useWorkers(isAsked: boolean): {
  workers: Option[] | null
  /** The same, for a list of one line each. */
  inLines: Option[]
  /** Who is away, in a line each, and how to offer a case to them too. */
  away: { away: string[]; offer: (() => void) | null }
  code: string | null
} {
  const { app, speech, pack, now } = useDesk()
  const [isAwayToo, offerAway] = useState(false)
  // Our own server answers in its own schema, here and below.
  const asked = useAnswer(isAsked ? 'colleagues' : 'none', async () =>
    isAsked ? ((await app.api.get('/api/colleagues')) as { workers: Colleague[] }).workers : [],
  )
  const loads = useAnswer(isAsked ? 'loads' : 'none', async () =>
    isAsked ? ((await app.api.get('/api/team-day/loads')) as { loads: Load[] }).loads : [],
  )
  const carried = loads.state === 'answered' ? loads.value : []
  const loadOf = ({ id }: Colleague) => carried.find((one) => one.workerId === id)
  const when = { speech, timeZone: pack.timeZone, now }
  function awayOf(one: Colleague): string | null {
    const away = loadOf(one)?.away ?? null
    return away === null ? null : awayText(when, away)
  }
  function isAwayNow(one: Colleague): boolean {
    const away = loadOf(one)?.away ?? null
    return away !== null && isAway(away, when)
  }
  function optionOf(one: Colleague): Option {
    const load = loadOf(one)
    const of = pack.workload.hoursAMonth
    const text = load === undefined ? '' : speech.t('team.load', { hours: load.hours, of, count: load.open })
    const hint = [text, awayOf(one) ?? ''].filter((part) => part !== '').join(' · ')
    return { value: one.id, label: one.name, ...(hint === '' ? {} : { hint }) }
  }
  const colleagues = asked.state === 'answered' ? asked.value : []
  const offered = colleagues.filter((one) => isAwayToo || !isAwayNow(one))
  const workers = asked.state === 'answered' ? offered.map(optionOf) : null
  return {
    workers,
    inLines: (workers ?? []).map(({ value, label, hint }) => ({
      value,
      label: hint === undefined ? label : `${label} · ${hint}`,
    })),
    away: {
      away: colleagues.filter(isAwayNow).map((one) => `${one.name} · ${awayOf(one)}`),
      offer: isAwayToo ? null : () => offerAway(true),
    },
    code: asked.state === 'failed' ? asked.code : null,
  }
}
