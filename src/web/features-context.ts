import { createContext, useContext } from 'react'
import type { WebFeature } from './feature.ts'

/** The features of this app, for screens that gather from all of them: due work, the home of a case. */
export const FeaturesContext = createContext<readonly WebFeature[]>([])

export function useFeatures(): readonly WebFeature[] {
  return useContext(FeaturesContext)
}
