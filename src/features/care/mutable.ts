import { CareTask } from './task.ts'

/** What merges field by field here, by its table. */
export const CARE_THINGS = { care_task: CareTask } as const
export type CareThing = keyof typeof CARE_THINGS
