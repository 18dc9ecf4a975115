import { factTable } from '../db/as-of.ts'
import type { Query } from '../db/sql.ts'
import type { Unit, UnitBoundary } from './contract.ts'

/** All units in their order of listing, as known at `asOf` (null: now). */
export async function listUnits(sql: Query, asOf: string | null): Promise<Unit[]> {
  return sql<Unit[]>`
    select id, code, name, short_name, level, parent_id, reports, ordinal,
           boundary is not null as has_boundary,
           case when label_point is not null
                then json_build_array(st_x(label_point), st_y(label_point)) end as label_point,
           provenance, source_title, source_date
      from ${factTable(sql, 'unit', asOf)} t
     order by ordinal, id`
}

/** The boundaries known at `asOf` (null: now), five decimals (about 1 m), EPSG:4326. */
export async function unitBoundaries(sql: Query, asOf: string | null): Promise<UnitBoundary> {
  const features = await sql<UnitBoundary['features']>`
    select 'Feature' as type, id,
           json_build_object('id', id, 'name', name, 'shortName', short_name) as properties,
           st_asgeojson(boundary, 5)::json as geometry
      from ${factTable(sql, 'unit', asOf)} t
     where boundary is not null and level = 'unit'
     order by ordinal, id`
  return { type: 'FeatureCollection', features: [...features] }
}
