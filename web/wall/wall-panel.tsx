import type { ReactNode } from 'react'
import { Recover } from './recover.tsx'

/** A panel over the map; what breaks in it breaks alone. */
export function WallPanel({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={`wall-panel wall-panel-${name}`}>
      <Recover>{children}</Recover>
    </section>
  )
}
