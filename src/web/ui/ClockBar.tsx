import type { Tone } from './Status.tsx'

type Props = {
  /** What a screen reader says of the bar; the words beside it say the same to everybody. */
  label: string
  /** How much of the time is used up, 0 to 1. */
  used: number
  tone: Tone
}

/** A clock as a bar: the time an authority has, and how much of it is gone. */
export function ClockBar({ label, used, tone }: Props) {
  const share = Math.round(Math.min(1, Math.max(0, used)) * 100)
  return <progress className={`clock-bar ${tone}`} aria-label={label} max={100} value={share} />
}
