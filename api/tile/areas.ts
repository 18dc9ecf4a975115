import type { Query } from '../db/sql.ts'
import type { MultiPolygonGeometry } from '../http/contract.ts'
import type { Area } from './area-index.ts'

interface Row extends Record<string, string | number | null | MultiPolygonGeometry> {
  id: number
  boundary: MultiPolygonGeometry
}

/** The units or parks that have a boundary, with what their tiles tell. */
export async function readAreas(sql: Query, layer: 'unit' | 'park'): Promise<Area[]> {
  const rows =
    layer === 'unit'
      ? await sql<Row[]>`
          select id, code, name, short_name, level, parent_id as parent, provenance,
                 st_asgeojson(boundary)::json as boundary
            from unit where boundary is not null order by id`
      : await sql<Row[]>`
          select id, code, name, unit_id as unit, boundary_quality, provenance,
                 st_asgeojson(boundary)::json as boundary
            from park where boundary is not null order by id`
  return rows.map(({ boundary, ...tags }) => ({
    id: tags.id,
    boundary,
    tags: tags as Area['tags'],
  }))
}
