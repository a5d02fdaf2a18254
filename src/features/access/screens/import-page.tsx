import { useState } from 'react'
import type { Instant } from '../../../core/time.ts'
import { ServerSaysNo } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { momentText } from '../../../web/moments.ts'
import { hasPassword, postProved } from '../../../web/prove.ts'
import type { FormErrors } from '../../../web/ui/Form.tsx'
import { type FormValues, one } from '../../../web/ui/form-values.ts'
import { ImportCases } from './ImportCases.tsx'
import { problemText } from './problem-text.ts'

const PATH = '/api/my/import-word'

export function ImportPage() {
  const { app, speech, pack, now, start } = useDesk()
  const [made, setMade] = useState<{ word: string; endsAt: Instant } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [asksProof, setAsksProof] = useState(false)
  async function make(): Promise<void> {
    try {
      const byPassword = await hasPassword(app.api)
      const answer = await (byPassword ? app.api.post(PATH, {}) : postProved(app.api, start.mode, PATH, {}))
      setMade(answer as { word: string; endsAt: Instant }) // our own server's schema
      setProblem(null)
      setAsksProof(false)
    } catch (error) {
      // Whoever signed in with a password proves it in the form below.
      if (error instanceof ServerSaysNo && error.code === 'step_up') setAsksProof(true)
      else setProblem(problemText(speech, error))
    }
  }
  async function proveAgain(values: FormValues): Promise<FormErrors | null> {
    try {
      await app.api.post('/api/step-up/password', { password: values.password?.[0] ?? '', code: one(values, 'code') })
    } catch (error) {
      return { '': problemText(speech, error) }
    }
    await make()
    return null
  }
  return (
    <ImportCases
      speech={speech}
      word={made?.word ?? null}
      until={made === null ? null : momentText(speech, made.endsAt, pack.timeZone, now)}
      problem={problem}
      make={() => void make()}
      proveAgain={asksProof ? proveAgain : null}
    />
  )
}
