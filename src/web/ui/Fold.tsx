import { type ReactNode, useEffect, useRef } from 'react'

type Props = { title: string; children: ReactNode }

/** A long list behind its heading, opened by choice; on paper it stands open. */
export function Fold({ title, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null)
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
    <details ref={box} className="fold">
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  )
}
