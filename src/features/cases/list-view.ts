import * as z from 'zod'
import { PersonId } from '../../core/ids.ts'
import { AgeBand } from './case.ts'

export const SHOWS = ['open', 'overdue', 'new', 'closed'] as const
export type Show = (typeof SHOWS)[number]
export const STAGES = ['first_steps', 'working', 'closed'] as const
export type Stage = (typeof STAGES)[number]
/** What a line of a list may say of a case; none of it says what kind of case it is. */
export const COLUMNS = ['about', 'next', 'stage', 'worker', 'opened'] as const
export type Column = (typeof COLUMNS)[number]

/** A list of cases as somebody wants to see it: choices and codes only, so that a list that is kept holds no child. */
export const ListView = z.strictObject({
  scope: z.enum(['mine', 'team']),
  show: z.enum(SHOWS),
  region: z.string().max(20).nullable().meta({ codeList: 'regions' }),
  ageBand: AgeBand.nullable(),
  stage: z.enum(STAGES).nullable(),
  workerId: PersonId.nullable(),
  columns: z.array(z.enum(COLUMNS)).max(COLUMNS.length),
})
export type ListView = {
  scope: 'mine' | 'team'
  show: Show
  region: string | null
  ageBand: z.infer<typeof AgeBand> | null
  stage: Stage | null
  workerId: string | null
  columns: Column[]
}

export const SavedList = z.strictObject({ id: z.uuid(), view: ListView })
export type SavedList = { id: string; view: ListView }

/** More lists than this nobody finds anything in. */
export const LISTS_AT_MOST = 12

/** The list a person begins with. */
export function firstView(supervises: boolean): ListView {
  const columns: Column[] = supervises ? ['about', 'next', 'stage', 'worker'] : ['about', 'next', 'stage']
  return {
    scope: supervises ? 'team' : 'mine',
    show: 'open',
    region: null,
    ageBand: null,
    stage: null,
    workerId: null,
    columns,
  }
}

export type Filtered = { region: string; ageBand: string; stage: Stage; workerId: string }

/** Whether a case belongs on a list, by what was chosen; what was left open lets every case through. */
export function belongsOn(view: Pick<ListView, 'region' | 'ageBand' | 'stage' | 'workerId'>, of: Filtered): boolean {
  return (
    fits(view.region, of.region) &&
    fits(view.ageBand, of.ageBand) &&
    fits(view.stage, of.stage) &&
    fits(view.workerId, of.workerId)
  )
}

const fits = (wanted: string | null, is: string) => wanted === null || wanted === is

/** How many of the choices narrow a list. */
export function narrowing({ region, ageBand, stage, workerId }: ListView): number {
  return [region, ageBand, stage, workerId].filter((one) => one !== null).length
}
