import { useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { ImportCases } from './ImportCases.tsx'
import { problemText } from './problem-text.ts'

export function ImportPage() {
  const { app, speech, pack, now } = useDesk()
  const [made, setMade] = useState<{ word: string; endsAt: Instant } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  async function make(): Promise<void> {
    try {
      // Our own server's schema.
      setMade((await app.api.post('/api/my/import-word', {})) as { word: string; endsAt: Instant })
      setProblem(null)
    } catch (error) {
      setProblem(problemText(speech, error))
    }
  }
  return (
    <ImportCases
      speech={speech}
      word={made?.word ?? null}
      until={made === null ? null : momentText(speech, made.endsAt, pack.timeZone, now)}
      problem={problem}
      make={() => void make()}
    />
  )
}
