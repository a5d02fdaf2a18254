import { useDesk } from '../../../web/app-context.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { Option } from '../../../web/ui/Field.tsx'

type Colleague = { id: string; name: string }
type Load = { workerId: string; open: number; hours: number }

/** Whoever may be given a case, with what she carries already beside her name: wherever a supervisor gives one. */
export function useWorkers(isAsked: boolean): {
  workers: Option[] | null
  /** The same, for a list of one line each. */
  inLines: Option[]
  code: string | null
} {
  const { app, speech, pack } = useDesk()
  // Our own server answers in its own schema, here and below.
  const asked = useAnswer(isAsked ? 'colleagues' : 'none', async () =>
    isAsked ? ((await app.api.get('/api/colleagues')) as { workers: Colleague[] }).workers : [],
  )
  const loads = useAnswer(isAsked ? 'loads' : 'none', async () =>
    isAsked ? ((await app.api.get('/api/team-day/loads')) as { loads: Load[] }).loads : [],
  )
  const carried = loads.state === 'answered' ? loads.value : []
  function optionOf({ id, name }: Colleague): Option {
    const load = carried.find((one) => one.workerId === id)
    const of = pack.workload.hoursAMonth
    const text = load === undefined ? null : speech.t('team.load', { hours: load.hours, of, count: load.open })
    return { value: id, label: name, ...(text === null ? {} : { hint: text }) }
  }
  const workers = asked.state === 'answered' ? asked.value.map(optionOf) : null
  return {
    workers,
    inLines: (workers ?? []).map(({ value, label, hint }) => ({
      value,
      label: hint === undefined ? label : `${label} · ${hint}`,
    })),
    code: asked.state === 'failed' ? asked.code : null,
  }
}
