import { factTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Park, ParkBoundary } from './contract.ts'

/** All parks by unit and name, as known at `asOf` (null: now). */
export async function listParks(sql: Query, asOf: string | null): Promise<Park[]> {
  return sql<Park[]>`
    select id, code, name, unit_id, boundary_quality, boundary is not null as has_boundary,
           case when label_point is not null
                then json_build_array(st_x(label_point), st_y(label_point)) end as label_point,
           provenance, source_title, source_date
      from ${factTable(sql, 'park', asOf)} t
     order by unit_id, id`
}

/** The boundaries known at `asOf` (null: now), five decimals (about 1 m), EPSG:4326. */
export async function parkBoundaries(sql: Query, asOf: string | null): Promise<ParkBoundary> {
  const features = await sql<ParkBoundary['features']>`
    select 'Feature' as type, id,
           json_build_object('id', id, 'name', name, 'unitId', unit_id,
                             'boundaryQuality', boundary_quality) as properties,
           st_asgeojson(boundary, 5)::json as geometry
      from ${factTable(sql, 'park', asOf)} t
     where boundary is not null
     order by id`
  return { type: 'FeatureCollection', features: [...features] }
}
