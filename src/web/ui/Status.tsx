import { Icon, type IconName } from './Icon.tsx'

/** How urgent work is; never how a child is. */
export type Tone = 'urgent' | 'due' | 'ok' | 'info' | 'quiet'

const SIGNS: Record<Tone, IconName> = { urgent: 'late', due: 'clock', ok: 'done', info: 'info', quiet: 'ask' }

/** A state as word, sign and colour together, so that none of them carries it alone. */
export function Status({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={`status ${tone}`}>
      <Icon name={icon ?? SIGNS[tone]} />
      <span>{children}</span>
    </span>
  )
}
