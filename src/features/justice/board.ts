import { toMillis, type Instant } from '../../core/time.ts'
import { type Duty, isAtOnce, type Standing, standingOf, toFindOut } from './duties.ts'
import type { Clock } from './safeguards.ts'

/** One clock of a case a supervisor or worker answers for, by alias. */
export type BoardClock = Clock & {
  caseId: string
  alias: string
  region: string
  workerName: string | null
  held: boolean
}

export type BoardLine = BoardClock & { standing: Standing }

/** What is to be found out of one child's authorities, by the rule of its own page; `ids` are duties. */
export type BoardAsk = { caseId: string; alias: string; workerName: string | null; ids: string[] }

/** What a board says, worked out from its clocks: the sentence first, then who owes what. */
export type Board = {
  /** Children held now. */
  held: number
  /** Limits of children held now that have passed without being shown to be met, and what somebody said was not kept. */
  passed: BoardLine[]
  dueSoon: number
  /** The next limit that can still be kept. */
  first: BoardLine | null
  /** Passed first, then by the time that is left. */
  lines: BoardLine[]
  /** Limits that are more than two weeks away: counted, not listed. */
  further: number
  /** What is owed at once and nobody has shown yet, one line a child. */
  toFindOut: readonly BoardAsk[]
  /** Settled in the time the board looks back on. */
  met: number
  late: number
  /** Of children no longer held: how many, and how much was never shown. */
  past: { children: number; duties: number }
}

const DAY_MS = 86_400_000

/** What is to be found out of one child, or nothing where nothing is. */
export function askOf(of: Omit<BoardAsk, 'ids'>, duties: readonly Duty[]): BoardAsk[] {
  const ids = toFindOut(duties).map((duty) => duty.id)
  return ids.length === 0 ? [] : [{ ...of, ids }]
}

export function boardOf(clocks: readonly BoardClock[], asks: readonly BoardAsk[], now: Instant): Board {
  const all = clocks.map((clock): BoardLine => ({ ...clock, standing: standingOf(clock, now) }))
  const held = all.filter((line) => line.held)
  const of = (...standings: Standing[]) => held.filter((line) => standings.includes(line.standing))
  const passed = of('passed', 'not_met').filter((line) => !isAtOnce(line) || line.standing === 'not_met')
  const ahead = of('due_soon', 'running').sort(byDue)
  const near = ahead.filter((line) => toMillis(line.dueAt) - toMillis(now) <= 14 * DAY_MS)
  // What is still asked for stands above, also when the child was handed over to somebody who protects it.
  const isAsked = (line: BoardLine) =>
    asks.some(({ caseId, ids }) => caseId === line.caseId && ids.includes(line.safeguardId))
  const notShown = all.filter(
    (line) => !line.held && (line.standing === 'passed' || (line.standing === 'to_find_out' && !isAsked(line))),
  )
  return {
    held: childrenOf(held).length,
    passed: passed.sort(byDue),
    dueSoon: ahead.filter((line) => toMillis(line.dueAt) - toMillis(now) <= DAY_MS).length,
    first: ahead[0] ?? null,
    lines: [...passed, ...near],
    further: ahead.length - near.length,
    toFindOut: asks,
    met: all.filter((line) => line.standing === 'met' && !isAtOnce(line)).length,
    late: all.filter((line) => line.standing === 'met_late' && !isAtOnce(line)).length,
    past: { children: childrenOf(notShown).length, duties: notShown.length },
  }
}

/** One held child on a supervisor's day: its most pressing limit, and how many more have passed or are near. */
export type DayLimit = Pick<
  BoardLine,
  'caseId' | 'alias' | 'region' | 'workerName' | 'safeguardId' | 'dueAt' | 'standing'
> & {
  more: number
}

/** The limits of a day, one line a child: what has passed first, then what is near. */
export function limitsOfDay(clocks: readonly BoardClock[], now: Instant): DayLimit[] {
  const { lines } = boardOf(clocks, [], now)
  const pressing = lines.filter(({ standing }) => standing !== 'running')
  return childrenOf(pressing).flatMap((child) => {
    const [first, ...more] = pressing.filter(({ caseId }) => caseId === child)
    if (first === undefined) return []
    const { caseId, alias, region, workerName, safeguardId, dueAt, standing } = first
    return [{ caseId, alias, region, workerName, safeguardId, dueAt, standing, more: more.length }]
  })
}

function childrenOf(lines: readonly BoardLine[]): string[] {
  return [...new Set(lines.map((line) => line.caseId))]
}

function byDue(a: BoardLine, b: BoardLine): number {
  return a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0
}
