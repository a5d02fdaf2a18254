import { useState } from 'react'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { errorText } from '../../../web/refusal-text.ts'
import type { ListOut } from '../list-out.ts'

/** Writes down that something leaves, and only then lets it; answers what stood in the way. */
export function useLeave(): [string | null, (out: ListOut, leave: () => void) => Promise<void>] {
  const { app, speech } = useDesk()
  const [problem, setProblem] = useState<string | null>(null)
  return [
    problem,
    async (out, leave) => {
      try {
        await app.api.post('/api/my/list-out', out)
      } catch (error) {
        setProblem(errorText(speech, codeOf(error)))
        return
      }
      setProblem(null)
      leave()
    },
  ]
}
