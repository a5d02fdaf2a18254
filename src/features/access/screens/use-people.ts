import { useState } from 'react'
import type { Role } from '../../../core/access.ts'
import type { Sector } from '../../../core/part.ts'
import { useDesk } from '../../../web/app-context.ts'
import type { Speech } from '../../../web/language.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import type { Tone } from '../../../web/ui/Status.tsx'
import { postProved } from '../../../web/prove.ts'
import type { Account, Everybody } from '../people-types.ts'
import { problemText } from './problem-text.ts'

/** Everybody the asking person may see, and how she changes something about them. */
export function usePeople() {
  const { app, speech, start } = useDesk()
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const asked = useAnswer(
    'people',
    async () => (await app.api.get('/api/people')) as Everybody, // our own server's schema
    turn,
  )

  /** Sends a change, with a fresh proof where one is wanted; answers what the server answered, or null. */
  async function act(path: string, body: Record<string, unknown>): Promise<Record<string, unknown> | null> {
    setSaid(null)
    try {
      const answer = await postProved(app.api, start.mode, path, body)
      setProblem(null)
      setSaid(
        answer.waits === true ? speech.t('access.waits_now') : answer.done === true ? speech.t('access.done') : null,
      )
      setTurn((before) => before + 1)
      return answer
    } catch (error) {
      setProblem(problemText(speech, error))
      return null
    }
  }
  /** The same for a form, which shows what stands in the way itself. */
  async function submit(path: string, body: Record<string, unknown>): Promise<{ '': string } | null> {
    try {
      const answer = await postProved(app.api, start.mode, path, body)
      setSaid(answer.waits === true ? speech.t('access.waits_now') : speech.t('access.done'))
      setTurn((before) => before + 1)
      return null
    } catch (error) {
      return { '': problemText(speech, error) }
    }
  }
  const everybody = asked.state === 'answered' ? asked.value : null
  return {
    everybody,
    problem: problem ?? (asked.state === 'failed' ? errorText(speech, asked.code) : null),
    said,
    act,
    submit,
  }
}

export const roleText = ({ find }: Speech, role: Role) => find(`role.${role}`) ?? role
export const sectorText = ({ find }: Speech, sector: Sector) => find(`access.sector.${sector}`) ?? sector

const TONES: Record<Account['state'], Tone> = { invited: 'due', active: 'ok', put_away: 'quiet', ended: 'quiet' }
export function stateOf({ t }: Speech, { state }: Account): { tone: Tone; text: string } {
  return { tone: TONES[state], text: t(`access.state.${state}`) }
}
