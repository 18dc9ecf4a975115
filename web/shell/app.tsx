import { Outlet, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Gate } from './gate.tsx'
import { ScreenLoading } from './screen-state.tsx'

const ExplainPane = lazy(() => import('../explain/explain-pane.tsx'))

/** What the screens share: the gate that asks who is there, and a loading state while words arrive. */
export function Frame() {
  return (
    <Suspense fallback={<ScreenLoading />}>
      <Gate>
        <Outlet />
        <Explained />
      </Gate>
    </Suspense>
  )
}

/** The figure that is opened, over whichever screen shows it. */
function Explained() {
  const { explain } = useSearch({ strict: false }) as { explain?: string }
  return explain ? (
    <Suspense fallback={null}>
      <ExplainPane of={explain} />
    </Suspense>
  ) : null
}
