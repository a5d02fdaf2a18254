import { CareTask } from './task.ts'

/** What merges field by field here, by its table. */
export const CARE_THINGS = { care_task: CareTask } as const
export type CareThing = keyof typeof CARE_THINGS

/** The fields of each, as rules and screens read them. */
export type CareFields = { care_task: CareTask }
