import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'

type Props = { title: string; onClose: () => void; children: ReactNode; overAll?: boolean }

/** A question that stops everything else; the browser keeps the keyboard inside and closes it with Escape. */
export function Dialog({ title, onClose, children, overAll = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // Closed before it is taken away, so that the browser gives the keyboard back to where it was.
    return () => shown?.close()
  }, [])
  return (
    <dialog ref={dialog} className={overAll ? 'over-all' : ''} aria-labelledby={id} onClose={onClose}>
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
