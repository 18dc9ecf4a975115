import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Gate } from './gate.tsx'
import { ScreenLoading } from './screen-state.tsx'

/** What the screens share: the gate that asks who is there, and a loading state while words arrive. */
export function Frame() {
  return (
    <Suspense fallback={<ScreenLoading />}>
      <Gate>
        <Outlet />
      </Gate>
    </Suspense>
  )
}
