/** Who has enrolled so far; `kembali.set_up_state()` counts. */
export type SetUpFacts = { admins: number; dpos: number; supervisors: number }

export type SetUpStep = { step: 'second_administrator' | 'dpo' | 'supervisor_with_team'; done: boolean }

/** What a new deployment still needs before the first case: until then one person acts alone (security.md 4). */
export function setUpSteps({ admins, dpos, supervisors }: SetUpFacts): SetUpStep[] {
  return [
    { step: 'second_administrator', done: admins >= 2 },
    { step: 'dpo', done: dpos >= 1 },
    { step: 'supervisor_with_team', done: supervisors >= 1 },
  ]
}
