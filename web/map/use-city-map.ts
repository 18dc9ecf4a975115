import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { CityMap, CityMapOptions } from './map.ts'

export type MapStatus = 'loading' | 'ready' | 'lost' | 'no-webgl' | 'broken'

export interface HeldMap {
  container: RefObject<HTMLDivElement | null>
  /** Null until the library is loaded and the map stands. */
  map: CityMap | null
  status: MapStatus
  retry: () => void
}

/**
 * Loads the map library, makes one CityMap in the container and keeps it: a graphics context that
 * stays lost is answered with a new map. `options` null waits; only the first ones are used, later
 * changes go through the map's own setters.
 */
export function useCityMap(options: CityMapOptions | null): HeldMap {
  const container = useRef<HTMLDivElement>(null)
  const first = useRef(options)
  first.current = options
  const [map, setMap] = useState<CityMap | null>(null)
  const [status, setStatus] = useState<MapStatus>('loading')
  const [generation, setGeneration] = useState(0)
  const retry = useCallback(() => setGeneration((now) => now + 1), [])
  const isKnown = options !== null

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new generation is a new map
  useEffect(() => {
    const element = container.current
    if (!element || !isKnown) return
    let made: CityMap | null = null
    let isGone = false
    const fail = (state: MapStatus) => {
      element.dataset['mapState'] = 'failed'
      setStatus(state)
    }
    if (!hasWebgl()) return fail('no-webgl')
    setStatus('loading')
    import('./map.ts')
      .then(({ CityMap: Made }) => {
        if (isGone || !first.current) return
        made = new Made(element, first.current)
        made.on('lost', () => setStatus('lost'))
        made.on('restored', () => setStatus('ready'))
        made.on('painted', () => setStatus('ready'))
        made.on('broken', retry)
        setMap(made)
      })
      .catch(() => isGone || fail('broken'))
    return () => {
      isGone = true
      setMap(null)
      made?.destroy()
    }
  }, [isKnown, generation, retry])

  return { container, map, status, retry }
}

function hasWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
