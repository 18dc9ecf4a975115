import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useLive } from './live.ts'
import { ScreenLoading } from './screen-state.tsx'

/** What the three screens share: the live stream, and a loading state while words arrive. */
export function Frame() {
  useLive()
  return (
    <Suspense fallback={<ScreenLoading />}>
      <Outlet />
    </Suspense>
  )
}
