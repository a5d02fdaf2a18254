import { useSyncExternalStore } from 'react'

/** Marks the child's name where it was chosen to stand on paper. */
export const PRINTS_NAME = 'prints-name'

const seen = new Map<string, string>()
const listeners = new Set<() => void>()

/** Remembers the alias of a case that was opened on this page: a paper is headed with it, also where no device holds the case. */
export function noteAlias(caseId: string, alias: string): void {
  if (seen.get(caseId) === alias) return
  seen.set(caseId, alias)
  for (const listener of listeners) listener()
}

export function useAliasSeen(caseId: string): string | null {
  return useSyncExternalStore(subscribe, () => seen.get(caseId) ?? null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
