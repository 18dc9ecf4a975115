import { useRouterState } from '@tanstack/react-router'
import type { Me } from 'api/person/contract'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import { useIdle } from '../session/idle.ts'
import { useEntered, useKnownSession } from '../session/known.ts'
import { MeContext } from '../session/me.ts'
import { api } from './api.ts'
import { useLive } from './live.ts'
import { ScreenError, ScreenLoading } from './screen-state.tsx'
import './gate.css'

const SignInDoor = lazy(() => import('../session/sign-in-door.tsx'))
const Duty = lazy(() => import('../session/duty.tsx'))
const PairingDoor = lazy(() => import('../device/pairing.tsx'))

/**
 * Opens the screens to whoever is signed in. Nobody yet: the sign-in page, or on a wall its pairing
 * code, at the address that was wanted. A session that ends leaves the page where it is, unseen,
 * until the same person has signed in again: no form is lost.
 */
export function Gate({ children }: { children: ReactNode }) {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  // The link of an invitation opens to everybody.
  return path === '/join' ? children : <Closed isWall={path === '/wall'}>{children}</Closed>
}

function Closed({ isWall, children }: { isWall: boolean; children: ReactNode }) {
  const { state, error, ask } = useKnownSession()
  const me = state?.me ?? null
  const hasDuty = state !== null && (state.mustChangePassword || state.mustEnrolTotp)
  const entered = useEntered(hasDuty ? null : me)
  const [isIdle, sleep] = useSleep(me === null, ask)
  useIdle(me?.kind === 'person' && state ? state.idleMinutes : null, sleep)
  if (state === null) {
    return error ? <ScreenError error={error} reset={ask} /> : <ScreenLoading />
  }
  const why = entered === null ? null : isIdle ? 'idle' : 'ended'
  if (me && hasDuty) return <Duty state={state} />
  return (
    <MeContext value={entered}>
      {entered && !(isWall && me === null) && (
        <Page me={me} key={entered.id}>
          {children}
        </Page>
      )}
      {me === null && (
        <Suspense fallback={<ScreenLoading />}>
          {isWall ? (
            <PairingDoor />
          ) : (
            <SignInDoor state={state} why={why} login={entered?.login ?? ''} />
          )}
        </Suspense>
      )}
    </MeContext>
  )
}

/** Signs out whoever has gone away; without a network the next look tries again. */
function useSleep(isAway: boolean, ask: () => void): [boolean, () => void] {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    if (isAway) return () => setIdle(false)
    return undefined
  }, [isAway])
  const sleep = useCallback(() => {
    setIdle(true)
    void api.session.$delete().then(ask, () => {})
  }, [ask])
  return [isIdle, sleep]
}

function Page({ me, children }: { me: Me | null; children: ReactNode }) {
  const isAway = me === null
  return (
    <div className={isAway ? 'gate gate-away' : 'gate'} inert={isAway}>
      {!isAway && <Live />}
      {children}
    </div>
  )
}

/** The live stream is somebody's: it begins with the session and ends with it. */
function Live() {
  useLive()
  return null
}
