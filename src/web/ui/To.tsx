import type { MouseEvent, ReactNode } from 'react'
import { useGo } from '../here-context.ts'

type Props = { href: string; className?: string; children: ReactNode; current?: boolean; label?: string }

/** A link inside the app. A click with a modifier key is the browser's own: it opens another tab. */
export function To({ href, className, children, current = false, label }: Props) {
  const go = useGo()
  function onClick(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
  }
  return (
    <a
      href={href}
      className={className}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      onClick={onClick}
    >
      {children}
    </a>
  )
}
