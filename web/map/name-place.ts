import type { VariableAnchorOffsetCollectionSpecification } from 'maplibre-gl'

/** A ring of places around a name's point: its radius in em, and how many places it has. */
export interface Ring {
  em: number
  places: number
}

/**
 * Where a name may stand around its point, nearest first, so that it gives way to the projects
 * instead of vanishing. A ring is wider than high, as a name is.
 */
export function namePlaces(rings: readonly Ring[]): VariableAnchorOffsetCollectionSpecification {
  const places = rings.flatMap(({ em, places: count }) =>
    Array.from({ length: count }, (_, index): [number, number] => {
      const angle = (index * 2 * Math.PI) / count
      return [1.5 * em * Math.sin(angle), em * Math.cos(angle)]
    }),
  )
  return places.flatMap((place) => ['center' as const, place])
}
