/** What a rule answers: a change to make, or a refusal a person can act on. Nothing in our code throws to say "no". */
export type Decision<Change, Refusal> = { ok: true; change: Change } | { ok: false; refusal: Refusal }

export function accept<Change>(change: Change): { ok: true; change: Change } {
  return { ok: true, change }
}

export function refuse<Refusal>(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal }
}
