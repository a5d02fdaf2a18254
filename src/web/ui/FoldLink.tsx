import type { ReactNode } from 'react'
import { To } from './To.tsx'

type Props = { title: string; says?: ReactNode; href: string; isPrinted?: boolean }

/** A section of one way only: its heading leads there, where others open. */
export function FoldLink({ title, says = null, href, isPrinted = true }: Props) {
  return (
    <section className={isPrinted ? 'fold has-link' : 'fold has-link not-printed'}>
      <h2>
        <To href={href} className="cover-link">
          {title}
        </To>
      </h2>
      {says !== null && <div className="tiny">{says}</div>}
    </section>
  )
}
