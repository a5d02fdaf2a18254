/** From custodies to children: a figure counts a child once in each cell, however often it was held. */
import type { Outcome } from './shown.ts'

/** One custody as the figures know it: no identity, no id that leads back. */
export type HeldFact = {
  /** The same in all facts of one child, and in no other's. */
  child: string
  year: string
  quarter: string
  region: string
  office: string
  /** Before a judge within the limit. */
  hearing: Outcome
  /** Handed over to civilian child protection within the limit. */
  handover: Outcome
}

/** One child in one cell; no identity, no id that leads back. */
export type HeldChild = { child: string; offices: string[]; hearing: Outcome; handover: Outcome }

/** The children behind each cell that has any (`together`, `2025`, `2025-Q1`, `2025|NC-TL`), held up to the period's end. */
export function childrenBehind(
  facts: readonly HeldFact[],
  years: readonly string[],
  period: string,
): Map<string, HeldChild[]> {
  const behind = new Map<string, Map<string, HeldChild>>()
  for (const fact of facts) {
    if (!years.includes(fact.year) || fact.quarter > period) continue
    for (const cell of ['together', fact.year, fact.quarter, `${fact.year}|${fact.region}`]) {
      const known = behind.get(cell) ?? new Map<string, HeldChild>()
      behind.set(cell, known.set(fact.child, heldAgain(known.get(fact.child), fact)))
    }
  }
  return new Map([...behind].map(([cell, children]) => [cell, [...children.values()]]))
}

function heldAgain(before: HeldChild | undefined, { child, office, hearing, handover }: HeldFact): HeldChild {
  if (before === undefined) return { child, offices: [office], hearing, handover }
  return {
    child,
    offices: [...before.offices, office],
    hearing: worse(before.hearing, hearing),
    handover: worse(before.handover, handover),
  }
}

/** From what says least against an authority to what says most. */
const WORSE: readonly Outcome[] = ['ended', 'within', 'open', 'not_shown', 'late']

/** A duty was kept towards a child only if it was kept every time: one time it was not decides. */
function worse(a: Outcome, b: Outcome): Outcome {
  return WORSE.indexOf(a) > WORSE.indexOf(b) ? a : b
}

/** What of a child a figure shows: when it changes, the child has changed. */
export function stateOf({ hearing, handover }: Pick<HeldChild, 'hearing' | 'handover'>): string {
  return `${hearing}/${handover}`
}

/** Children who are new, gone or different since a row was worked out. */
export function changes(children: readonly HeldChild[], published: ReadonlyMap<string, string>): number {
  const now = new Map(children.map((one) => [one.child, stateOf(one)]))
  const added = [...now].filter(([child, state]) => published.get(child) !== state).length
  const gone = [...published.keys()].filter((child) => !now.has(child)).length
  return added + gone
}
