import { type Instant, startOfDay, type Day } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { dayText, momentText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { fieldLabel } from '../../cases/screens/field-words.ts'
import { NotThere, useCaseId } from '../../cases/screens/NotThere.tsx'
import { reasonHeaders, useReason } from '../../cases/screens/reason.ts'
import { useCase } from '../../cases/screens/use-case.ts'
import { Changes, type ShownChange, type ShownField } from './Changes.tsx'
import { Opened } from './Opened.tsx'
import { valueText } from '../../cases/screens/value-text.ts'

type FromServer = {
  key: string
  thing: string
  field: string
  list: string | null
  at: Instant
  by: string | null
  before: unknown
  after: unknown
}

/** Who a child is, and whom it belongs to, stands on paper only where somebody chose it. */
const OF_WHOM = ['child_card', 'child_identity']
const NAMES = ['callName', 'calledName', 'phone', 'whom']

export function ChangesPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, speech, pack, now, desk } = useDesk()
  const asked = useAnswer(
    `changes|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      ((await app.api.get(`/api/cases/${caseId}/changes`, reasonHeaders(caseId))) as { changes: FromServer[] }).changes,
    desk.replica.waiting().length,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened

  const about = ({ by, at }: FromServer) => [by ?? '–', momentText(speech, at, timeZone, now)].join(' · ')

  function fieldOf({ key, thing, field, list, before, after }: FromServer): ShownField {
    const text = (value: unknown) => valueText({ speech, pack, timeZone, now }, { thing, field, list }, value)
    return {
      key,
      field: fieldLabel(speech, { thing, field }) ?? speech.t('work.some_field'),
      before: before === null ? null : text(before),
      after: text(after),
      isName: OF_WHOM.includes(thing) || NAMES.includes(field),
    }
  }

  /** What somebody wrote in one go stands together, as she wrote it. */
  function together(changes: readonly FromServer[]): ShownChange[] {
    const groups: (ShownChange & { fields: ShownField[] })[] = []
    for (const change of changes) {
      const last = groups.at(-1)
      const key = change.key.slice(0, change.key.indexOf('/'))
      if (last?.key === key) last.fields.push(fieldOf(change))
      else groups.push({ key, about: about(change), fields: [fieldOf(change)] })
    }
    return groups
  }

  return (
    <Changes
      speech={speech}
      caseId={caseId}
      alias={row.alias}
      changes={asked.state === 'answered' ? together(asked.value) : null}
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}

type OpenedRow = { name: string; role: string; organisation: string; lastOn: Day; days: number }

export function OpenedPage() {
  const caseId = useCaseId()
  const found = useCase(caseId)
  const [reason] = useReason(caseId)
  const { app, speech, now } = useDesk()
  const asked = useAnswer(
    `opened|${caseId}|${reason}`,
    // Our own server answers in its own schema.
    async () =>
      ((await app.api.get(`/api/cases/${caseId}/opened`, reasonHeaders(caseId))) as { people: OpenedRow[] }).people,
  )
  if (found.state !== 'found') return <NotThere found={found} />
  const { case: row, timeZone } = found.opened
  return (
    <Opened
      speech={speech}
      alias={row.alias}
      people={
        asked.state === 'answered'
          ? asked.value.map(({ name, role, organisation, lastOn, days }) => ({
              key: `${name}|${role}|${organisation}`,
              name,
              about: [speech.find(`role.${role}`) ?? role, organisation].join(' · '),
              when: speech.t('work.opened_on', {
                count: days,
                day: dayText(speech, startOfDay(lastOn, timeZone), timeZone, now),
              }),
            }))
          : null
      }
      problem={asked.state === 'failed' ? errorText(speech, asked.code) : null}
    />
  )
}
