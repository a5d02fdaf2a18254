import type { ReactNode } from 'react'

type Props = { tone?: 'info' | 'due' | 'urgent' | 'ok'; children: ReactNode; live?: boolean }

/** A sentence that stands out; `live` ones are read out when they appear. */
export function Notice({ tone = 'info', children, live = false }: Props) {
  return (
    <div className={`notice ${tone}`} {...(live ? { role: tone === 'urgent' ? 'alert' : 'status' } : {})}>
      {children}
    </div>
  )
}
