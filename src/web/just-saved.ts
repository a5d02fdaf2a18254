/** Somebody who saves stands on another screen in a moment; what is older belongs to the screen she has left long ago. */
const A_MOMENT = 1500

let savedAt = Number.NEGATIVE_INFINITY

/** Something was recorded now. */
export function noteSaved(at: number): void {
  savedAt = at
}

/** Whether something was recorded just now; told once, to the screen one lands on. */
export function tellSaved(now: number): boolean {
  const isJust = now - savedAt < A_MOMENT
  savedAt = Number.NEGATIVE_INFINITY
  return isJust
}
