import { type ReactNode, useId } from 'react'

interface PanelSectionProps {
  title: string
  action?: ReactNode
  children: ReactNode
}

/** A titled part of the panel, with room for one action beside its title. */
export function PanelSection({ title, action, children }: PanelSectionProps) {
  const id = useId()
  return (
    <section className="panel-section" aria-labelledby={id}>
      <div className="panel-section-head">
        <h3 id={id}>{title}</h3>
        {action}
      </div>
      {children}
    </section>
  )
}
