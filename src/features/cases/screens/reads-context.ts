import { createContext, useContext } from 'react'
import type { Part } from '../../../core/part.ts'

/** Whether whoever looks at the home of a case may read a part of it: a way to what somebody cannot open is not shown. */
export const ReadsContext = createContext<(part: Part) => boolean>(() => true)

export function useReads(): (part: Part) => boolean {
  return useContext(ReadsContext)
}
