import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

type Props = { href: string; className?: string; children: ReactNode; current?: boolean; label?: string }

/**
 * A link inside the app. It replaces the history entry, so that after *Hide screen* the Back button
 * leads to the page before the app and not into it.
 */
export function To({ href, className, children, current = false, label }: Props) {
  return (
    <Link
      to={href}
      replace
      {...(className === undefined ? {} : { className })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      activeProps={{}}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </Link>
  )
}
