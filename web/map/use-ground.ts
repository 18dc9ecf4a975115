import { useQuery } from '@tanstack/react-query'
import type { City } from 'api/city/contract'
import { useEffect, useMemo } from 'react'
import { basemapQuery, cityQuery } from '../city/queries.ts'
import { parkLabels } from '../park/park-layer.ts'
import { parkBoundary, parkList } from '../park/queries.ts'
import { unitBoundary, unitList } from '../unit/queries.ts'
import { unitLabels } from '../unit/unit-layer.ts'
import type { CityMap } from './map.ts'

/** The city's settings, for the map to begin with; undefined while asked for. */
export const useCity = (): City | undefined => useQuery(cityQuery).data

/** Gives the map what lies below the projects, each part as soon as it is there. */
export function useGround(map: CityMap | null): void {
  const units = useQuery(unitList).data
  const borders = useQuery(unitBoundary).data
  const parks = useQuery(parkList).data
  const outlines = useQuery(parkBoundary).data
  const features = useQuery(basemapQuery).data
  const unitNames = useMemo(() => unitLabels(units?.rows ?? []), [units])
  const parkNames = useMemo(() => parkLabels(parks?.rows ?? []), [parks])
  useEffect(() => {
    if (map && borders) map.setUnits(borders, unitNames)
  }, [map, borders, unitNames])
  useEffect(() => {
    if (map && outlines) map.setParks(outlines, parkNames)
  }, [map, outlines, parkNames])
  useEffect(() => {
    if (map && features) map.setBasemapFeatures(features)
  }, [map, features])
}
