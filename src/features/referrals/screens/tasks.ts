import type { Task } from '../../../web/feature.ts'

/** Nothing here falls due yet. */
export const tasks = (): Task[] => []
