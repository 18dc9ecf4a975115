import type { WallPlaylist } from 'api/city/contract'
import { useEffect, useState } from 'react'
import type { WallSearch } from '../shell/url-state.ts'

export type Scene = WallPlaylist['scenes'][number]

const known: readonly Scene[] = ['overview', 'hotspot']
/** Shorter than this nothing is read. */
const leastSeconds = 3

/** The scenes of the address, else of the city; the overview where neither names any. */
export function playlistOf(search: WallSearch, city: WallPlaylist | undefined): WallPlaylist {
  const asked = (search.scene ?? '').split(',')
  const scenes = known.filter((scene) => asked.includes(scene))
  const dwell = Number(search.dwell)
  return {
    scenes: scenes.length > 0 ? scenes : (city?.scenes ?? ['overview']),
    dwellSeconds: dwell >= leastSeconds ? dwell : (city?.dwellSeconds ?? 60),
  }
}

/** The scene whose turn it is. One alone stays for ever. */
export function useScene({ scenes, dwellSeconds }: WallPlaylist): Scene {
  const turn = useTurn(scenes.length, dwellSeconds)
  return scenes[turn] ?? 'overview'
}

/** Counts round and round below `count`, one step after each dwell; 0 where there is nothing to count. */
export function useTurn(count: number, dwellSeconds: number): number {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    setTurn(0)
    if (count < 2) return
    const timer = setInterval(() => setTurn((now) => (now + 1) % count), dwellSeconds * 1000)
    return () => clearInterval(timer)
  }, [count, dwellSeconds])
  return turn < count ? turn : 0
}
