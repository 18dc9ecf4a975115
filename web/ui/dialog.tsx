import { type ReactNode, useEffect, useId, useRef } from 'react'
import './dialog.css'

interface DialogProps {
  title: string
  closeWord: string
  /** While true Escape does not close it: what is under way has a button of its own. */
  isBusy?: boolean
  /** One question or one form, as narrow as a phone. */
  isNarrow?: boolean
  onClose: () => void
  children: ReactNode
}

/** A window over the page, closed by its button and by Escape; the page behind it waits. */
export function Dialog({ title, closeWord, isBusy, isNarrow, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className={isNarrow ? 'dialog dialog-narrow' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => {
        if (isBusy) event.preventDefault()
      }}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="button button-quiet" onClick={onClose}>
          {closeWord}
        </button>
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  )
}
