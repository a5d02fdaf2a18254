import { type ReactNode, useContext, useEffect, useRef } from 'react'
import { FootContext } from '../here-context.ts'

let isFirst = true

type Props = { title: string; lead?: string | undefined; children: ReactNode; plain?: boolean }

/** One screen: one heading that answers one question, and the keyboard's place after arriving. */
export function Screen({ title, lead, children, plain = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const foot = useContext(FootContext)
  useEffect(() => {
    // On arriving the heading is read out; the first page of a visit leaves the focus where the browser put it.
    if (isFirst) {
      isFirst = false
      return
    }
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <div className={plain ? 'plainpage stack wide' : 'stack wide'}>
      <div className="stack">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p className="small">{lead}</p>}
      </div>
      {children}
      {!plain && foot}
    </div>
  )
}
