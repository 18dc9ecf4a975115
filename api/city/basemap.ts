import type { Query } from '../db/sql.ts'
import type { BasemapFeatures } from './contract.ts'

/** What lies below the city's own shapes (setting `basemap`, stored by its pack); empty without one. */
export async function readBasemap(sql: Query): Promise<BasemapFeatures> {
  const [row] = await sql<{ value: BasemapFeatures }[]>`
    select value from setting where key = 'basemap'`
  return row?.value ?? { type: 'FeatureCollection', features: [] }
}
