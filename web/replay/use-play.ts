import { useEffect, useRef, useState } from 'react'

/** Days shown in a second. */
export const speeds = [4, 12, 30] as const
export type Speed = (typeof speeds)[number]

/**
 * Moves on by itself, a day at a time or several where the screen is slower than the speed asked for.
 * @param index the shown day. @param last where it ends by itself. @param isReady false while the days
 * are still on their way: it waits for them.
 */
export function usePlay(
  index: number,
  last: number,
  isReady: boolean,
  onMove: (index: number) => void,
) {
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(12)
  const at = useRef({ index, last, isReady, onMove })
  at.current = { index, last, isReady, onMove }
  useEffect(() => {
    if (!isPlaying) return
    let frame = 0
    let before: number | null = null
    let due = 0
    const tick = (time: number) => {
      frame = requestAnimationFrame(tick)
      // A tab that was hidden goes on from where it was.
      due += before === null ? 0 : Math.min(time - before, 500) * (speed / 1000)
      before = time
      if (!at.current.isReady) due = 0
      const whole = Math.floor(due)
      if (whole === 0) return
      due -= whole
      const next = Math.min(at.current.last, at.current.index + whole)
      at.current.onMove(next)
      if (next === at.current.last) setPlaying(false)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, speed])
  return { isPlaying, setPlaying, speed, setSpeed }
}
