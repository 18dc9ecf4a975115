import { useEffect } from 'react'

/** Shared by the tabs of a browser: who works in one of them is not idle in the others. */
const slot = 'active-at'
const noteEveryMs = 10_000
const lookEveryMs = 15_000
const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Calls when nobody has touched the page for so long; the page itself never stops asking the server. */
export function useIdle(minutes: number | null, onIdle: () => void): void {
  useEffect(() => {
    if (minutes === null) return
    let noted = 0
    const note = () => {
      if (Date.now() - noted < noteEveryMs) return
      noted = Date.now()
      localStorage.setItem(slot, String(noted))
    }
    const look = () => {
      const last = Number(localStorage.getItem(slot))
      if (Date.now() - last >= minutes * 60_000) onIdle()
    }
    note()
    for (const sign of signs) addEventListener(sign, note, { passive: true })
    const timer = setInterval(look, lookEveryMs)
    return () => {
      for (const sign of signs) removeEventListener(sign, note)
      clearInterval(timer)
    }
  }, [minutes, onIdle])
}
