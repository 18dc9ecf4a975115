import { useQuery } from '@tanstack/react-query'
import type { City } from 'api/city/contract'
import type { FeatureCollection } from 'geojson'
import { useEffect, useMemo } from 'react'
import { basemapQuery, cityQuery } from '../city/queries.ts'
import { parkLabels } from '../park/park-layer.ts'
import { parkBoundary, parksOn } from '../park/queries.ts'
import { unitBoundary, unitsOn } from '../unit/queries.ts'
import { unitLabels } from '../unit/unit-layer.ts'
import { clipLines } from './clip-line.ts'
import type { CityMap } from './map.ts'

/** The city's settings, for the map to begin with; undefined while asked for. */
export const useCity = (): City | undefined => useQuery(cityQuery).data

/** How far beyond the city river and province line go on, degrees. */
const margin = 0.25

/** Gives the map what lies below the projects, each part as soon as it is there; names and borders as of a day. */
export function useGround(map: CityMap | null, asOf: string | null): void {
  const units = useQuery(unitsOn(asOf)).data
  const borders = useQuery(unitBoundary(asOf)).data
  const parks = useQuery(parksOn(asOf)).data
  const outlines = useQuery(parkBoundary(asOf)).data
  const features = useQuery(basemapQuery).data
  const bounds = useQuery(cityQuery).data?.bounds.join()
  const near = useMemo(() => {
    const box = (bounds ?? '').split(',').map(Number)
    const [west = 0, south = 0, east = 0, north = 0] = box
    const around = [west - margin, south - margin, east + margin, north + margin] as const
    return features && bounds ? clipLines(features as FeatureCollection, around) : null
  }, [features, bounds])
  const unitNames = useMemo(() => unitLabels(units?.rows ?? []), [units])
  const parkNames = useMemo(() => parkLabels(parks?.rows ?? []), [parks])
  useEffect(() => {
    if (map && borders) map.setUnits(borders, unitNames)
  }, [map, borders, unitNames])
  useEffect(() => {
    if (map && outlines) map.setParks(outlines, parkNames)
  }, [map, outlines, parkNames])
  useEffect(() => {
    if (map && near) map.setBasemapFeatures(near)
  }, [map, near])
}
