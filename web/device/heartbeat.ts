import { useEffect } from 'react'
import { useMe } from '../session/me.ts'
import { api } from '../shell/api.ts'
import { buildOf } from '../shell/last-known.ts'
import { keepPaired } from './paired.ts'

const everyMs = 60_000
const longest = 60

/** A wall tells once a minute that it is on, of which build, and how large. */
export function useHeartbeat(): void {
  const isDevice = useMe()?.kind === 'device'
  useEffect(() => {
    if (!isDevice) return
    keepPaired()
    const beat = () => void api.device.heartbeat.$post({ json: present() }).catch(() => {})
    beat()
    const timer = setInterval(beat, everyMs)
    return () => clearInterval(timer)
  }, [isDevice])
}

/** What the operator sees of it. */
const present = () => ({
  pageVersion: (buildOf(document) || 'dev').slice(-longest),
  width: Math.round(innerWidth * devicePixelRatio),
  height: Math.round(innerHeight * devicePixelRatio),
})
