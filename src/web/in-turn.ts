/** Runs work in one tab at a time; the tabs of one device share one store. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** One tab at a time by the browser's own lock, which a killed tab gives back. */
export function webLock(name: string): InTurn {
  return (work) => navigator.locks.request(name, work)
}

/** One piece of work at a time on this page, for a vault that no other tab shares. */
export function inLine(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => null)
    return mine
  }
}
