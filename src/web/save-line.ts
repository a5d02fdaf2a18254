import type { AppState } from './app-state.ts'
import { timeText } from './moments.ts'
import type { SaveLine } from './ui/Frame.tsx'

/** One line always tells what is saved and what is sent. */
export function saveLine({ desk, surroundings, sync, speech }: AppState): SaveLine {
  const { t } = speech
  if (desk === null || surroundings === null) return { tone: 'wait', text: '' }
  const files = desk.files.list()
  const unsent = desk.replica.waiting().filter((one) => one.answer === null).length + files.filter(isOnItsWay).length
  const { syncedAt } = desk.replica.state()
  const kept = desk.vault.lasting ? t('save.kept', { count: unsent }) : t('save.not_kept', { count: unsent })
  const attention = desk.replica.attention().length
  if (attention > 0)
    return {
      tone: 'stop',
      text: t('save.attention', { count: attention }),
      action: { href: '/more/sending', text: t('save.look') },
    }
  const stopped = files.find((file) => !isOnItsWay(file))
  if (stopped !== undefined)
    return {
      tone: 'stop',
      text: t('save.attention', { count: files.filter((file) => !isOnItsWay(file)).length }),
      action: { href: `/cases/${stopped.caseId}/files`, text: t('save.look') },
    }
  if (sync === 'signed_out')
    return {
      tone: 'wait',
      text: unsent > 0 ? kept : t('save.signed_out'),
      action: { href: '/sign-in', text: t('save.sign_in') },
    }
  if (sync === 'no_connection')
    return { tone: 'wait', text: unsent > 0 ? `${t('save.no_connection')} · ${kept}` : t('save.keep_working') }
  if (unsent > 0) return { tone: 'wait', text: kept }
  return {
    tone: 'ok',
    text:
      syncedAt === null
        ? t('save.fetching')
        : t('save.all_sent', { time: timeText(speech, syncedAt, surroundings.pack.timeZone) }),
  }
}

function isOnItsWay(file: { problem: string | null }): boolean {
  return file.problem === null
}
