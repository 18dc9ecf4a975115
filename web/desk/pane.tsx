import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import './pane.css'

interface PaneProps {
  title: string
  frame: RefObject<HTMLDivElement | null>
  onClose: () => void
  children: ReactNode
}

/** What stands beside the map under a title of its own; Escape closes it, but not a form half filled in. */
export function Pane({ title, frame, onClose, children }: PaneProps) {
  const { t } = useTranslation(['panel'])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div
      ref={frame}
      tabIndex={-1}
      className="loop-pane"
      onKeyDown={(event) => {
        // A form half filled in is left by its own button.
        if (event.key === 'Escape' && !(event.target as Element).closest('form')) onClose()
      }}
    >
      <header className="loop-head">
        <h2>{title}</h2>
        <button type="button" className="button button-quiet button-icon" onClick={onClose}>
          <span className="visually-hidden">{t('panel:close')}</span>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke="currentcolor" strokeWidth="1.5" />
          </svg>
        </button>
      </header>
      {children}
    </div>
  )
}
