import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import './popover.css'

interface PopoverProps {
  label: string
  /** What the button is for, where its label alone does not say. */
  title?: string
  /** Shown on the button after the label while something is chosen. */
  value: string | null
  children: (close: () => void) => ReactNode
}

/** A button with a small panel below it: closed by Escape, by a click beside it, by leaving it. */
export function Popover({ label, title, value, children }: PopoverProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', outside)
    return () => removeEventListener('pointerdown', outside)
  }, [open])
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: catches keys and focus of what is inside
    <div
      className="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        close()
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !root.current?.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        type="button"
        ref={button}
        className={`popover-button${value === null ? '' : ' popover-button-on'}`}
        aria-expanded={open}
        aria-controls={id}
        title={title}
        onClick={() => setOpen(!open)}
      >
        <span className="popover-label">{label}</span>
        {value !== null && <span className="popover-value">{value}</span>}
        <svg viewBox="0 0 10 6" width="10" height="6" aria-hidden="true">
          <path d="M1 1l4 4 4-4" fill="none" stroke="currentcolor" strokeWidth="1.4" />
        </svg>
      </button>
      <div className="popover-panel" id={id} hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  )
}
