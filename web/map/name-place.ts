import type { VariableAnchorOffsetCollectionSpecification } from 'maplibre-gl'

/**
 * Where a name may stand around its point, nearest first, so that it gives way to the projects
 * instead of vanishing: rings at these distances in em, eight places each (0: the point itself).
 */
export function namePlaces(rings: readonly number[]): VariableAnchorOffsetCollectionSpecification {
  const places = rings.flatMap((em) =>
    Array.from({ length: em === 0 ? 1 : 8 }, (_, index): [number, number] => {
      const angle = (index * Math.PI) / 4
      return [1.5 * em * Math.sin(angle), em * Math.cos(angle)]
    }),
  )
  return places.flatMap((place) => ['center' as const, place])
}
