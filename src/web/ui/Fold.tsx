import { type ReactNode, useEffect, useRef, useState } from 'react'

type Props = {
  title: string
  /** What is to be known without opening it. */
  says?: ReactNode
  /** Where there is room for it, it stands open. */
  opensOnDesk?: boolean
  isPrinted?: boolean
  children: ReactNode
}

/** A section behind its heading, opened by choice; on paper it stands open. */
export function Fold({ title, says = null, opensOnDesk = false, isPrinted = true, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null)
  const [startsOpen] = useState(() => opensOnDesk && matchMedia('(min-width: 1100px)').matches)
  useEffect(() => {
    let wasOpen = false
    const open = () => {
      wasOpen = box.current?.open ?? false
      if (box.current !== null) box.current.open = true
    }
    const close = () => {
      if (box.current !== null) box.current.open = wasOpen
    }
    addEventListener('beforeprint', open)
    addEventListener('afterprint', close)
    return () => {
      removeEventListener('beforeprint', open)
      removeEventListener('afterprint', close)
    }
  }, [])
  return (
    <details ref={box} className={isPrinted ? 'fold' : 'fold not-printed'} open={startsOpen}>
      <summary>
        <h2>{title}</h2>
        {says !== null && <span className="tiny">{says}</span>}
      </summary>
      <div className="group">{children}</div>
    </details>
  )
}
