import { type Day, dayOf, startOfDay } from '../../../core/time.ts'
import { codeOf } from '../../../web/api.ts'
import { useDesk } from '../../../web/app-context.ts'
import { noteSaved } from '../../../web/just-saved.ts'
import { dayText } from '../../../web/moments.ts'
import { errorText } from '../../../web/refusal-text.ts'
import { useAnswer } from '../../../web/use-answer.ts'
import { nextTalk } from '../work-talk.ts'

export type StaffLeave = {
  id: string
  personId: string
  fromOn: Day
  untilOn: Day
  personName: string | null
  coveredByName: string | null
}
/** What is known of how somebody is: of her work alone. */
export type Staff = { heavyCases: number; leaves: StaffLeave[]; lastOn: Day | null; nextOn: Day | null }
type Answer = {
  mine: Staff & { supervisors: string[]; covers: StaffLeave[] }
  team: (Staff & { id: string; name: string; role: string })[]
  colleagues: { id: string; name: string }[]
}

/** How the people of a team are; only the server knows. */
export function useStaff(turn: number | string = 0) {
  const { app } = useDesk()
  // Our own server answers in its own schema.
  return useAnswer('staff', async () => (await app.api.get('/api/staff')) as Answer, turn)
}

/** The sentences for it. */
export function useStaffTexts() {
  const { speech, pack, now } = useDesk()
  const { t } = speech
  const day = (of: Day) => dayText(speech, startOfDay(of, pack.timeZone), pack.timeZone, now)
  const today = dayOf(now, pack.timeZone)
  return {
    day,
    today,
    talks({ lastOn, nextOn }: Pick<Staff, 'lastOn' | 'nextOn'>): string {
      const next = nextTalk(nextOn, today)
      return [
        lastOn === null ? t('supervision.never_talked') : t('supervision.last_talk', { day: day(lastOn) }),
        next === 'none' || nextOn === null
          ? t('supervision.no_next_talk')
          : t(next === 'owed' ? 'supervision.talk_owed' : 'supervision.next_talk', { day: day(nextOn) }),
      ].join(' · ')
    },
    away({ fromOn, untilOn, coveredByName }: StaffLeave): string {
      const days = { from: day(fromOn), until: day(untilOn) }
      return [
        fromOn === untilOn ? days.from : t('supervision.away_days', days),
        coveredByName === null ? t('supervision.nobody_covers') : t('team.covered_by', { name: coveredByName }),
      ].join(' · ')
    },
    /** A count of work and of nothing else; no sum, no mark, no order. */
    heavy: ({ heavyCases }: Pick<Staff, 'heavyCases'>) => t('supervision.heavy_cases', { count: heavyCases }),
  }
}

/** Sends something of staff care; answers the sentence of what stands in the way, or null. */
export function useSend() {
  const { app, speech } = useDesk()
  return async (path: string, body: unknown): Promise<string | null> => {
    try {
      await app.api.post(path, body)
      noteSaved(performance.now())
      return null
    } catch (error) {
      const code = codeOf(error)
      return speech.find(`refused.${code}`) ?? errorText(speech, code)
    }
  }
}
