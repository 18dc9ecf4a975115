/** What lets a screen that nobody touches stay up for weeks. Every hook clears what it starts. */
import { useEffect, useState } from 'react'
import { buildOf } from '../shell/last-known.ts'

const idleMs = 3000
const buildCheckMs = 60_000
const shiftEveryMs = 180_000
/** A walk around the resting place, in px: no pixel shows the same edge for long. */
const shifts = [
  [0, 0],
  [1, 0],
  [2, 1],
  [1, 2],
  [0, 1],
  [-1, 2],
  [-2, 1],
  [-1, 0],
] as const

/** True after the pointer has rested for a moment. */
export function usePointerIdle(): boolean {
  const [idle, setIdle] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const moved = () => {
      setIdle(false)
      clearTimeout(timer)
      timer = setTimeout(() => setIdle(true), idleMs)
    }
    addEventListener('pointermove', moved)
    return () => {
      clearTimeout(timer)
      removeEventListener('pointermove', moved)
    }
  }, [])
  return idle
}

/** Keeps the display awake where the browser can; asked again when the page is shown again. */
export function useWakeLock(): void {
  useEffect(() => {
    let ended = false
    let held: WakeLockSentinel | undefined
    const ask = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock?.request('screen').then(
        (lock) => {
          if (ended) void lock.release()
          else held = lock
        },
        () => {},
      )
    }
    ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      ended = true
      document.removeEventListener('visibilitychange', ask)
      void held?.release()
    }
  }, [])
}

/** A CSS translation that wanders by a pixel or two against burn-in; none with reduced motion. */
export function usePixelShift(): string {
  const [step, setStep] = useState(0)
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const timer = setInterval(() => setStep((now) => (now + 1) % shifts.length), shiftEveryMs)
    return () => clearInterval(timer)
  }, [])
  const [x, y] = shifts[step] ?? [0, 0]
  return `translate(${x}px, ${y}px)`
}

/** Reloads the page once another build is being served by a server that says it is ready. */
export function useNewBuild(): void {
  useEffect(() => {
    const running = buildOf(document)
    const controller = new AbortController()
    const timer = setInterval(() => {
      void servedBuild(controller.signal).then((served) => {
        if (served && running && served !== running) location.reload()
      })
    }, buildCheckMs)
    return () => {
      controller.abort()
      clearInterval(timer)
    }
  }, [])
}

/** The build of the page that a reload would get; null unless the server is healthy. */
async function servedBuild(signal: AbortSignal): Promise<string | null> {
  try {
    const ready = await fetch('/health/ready', { cache: 'no-store', signal })
    if (!ready.ok) return null
    const page = await fetch(location.pathname, { cache: 'no-store', signal })
    if (!page.ok) return null
    return buildOf(new DOMParser().parseFromString(await page.text(), 'text/html'))
  } catch {
    return null
  }
}
