import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { chinaDate } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { fundSourcesIn } from '../investment/fund-source.ts'
import { type City, WallPlaylist } from './contract.ts'
import { viewOf } from './view.ts'

export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version

/** What a pack says of its city: setting `city`. Every field may be missing in a city's own data. */
export const CitySetting = z.object({
  name: z.string().optional(),
  pack: z.string().nullable().optional(),
  notice: z.string().nullable().optional(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  mapApproval: z.string().nullable().optional(),
  wall: WallPlaylist.optional(),
})

const usualWall: WallPlaylist = { scenes: ['overview', 'hotspot'], dwellSeconds: 60 }

/** The whole of China, for a database without any unit or project. */
const nowhere: City['bounds'] = [73, 18, 135, 54]

/** Which city this is, what time it is there and what map lies below. */
export async function readCity({ db, env }: Pick<Deps, 'db' | 'env'>): Promise<City> {
  const view = await viewOf(db)
  const [row] = await db.sql<
    {
      city: unknown
      sources: unknown
      name: string | null
      bounds: City['bounds'] | null
      known: string | null
    }[]
  >`
    select (select value from setting where key = 'city') as city,
           (select value from setting where key = 'fund_source') as sources,
           (select at from change order by id limit 1) as known,
           (select name from unit where level = 'city' order by id limit 1) as name,
           (select json_build_array(st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e))
              from (select coalesce((select st_extent(boundary) from unit),
                                    (select st_extent(location) from project)) as e) b
             where e is not null) as bounds`
  const city = CitySetting.parse(row?.city ?? {})
  const now = db.clock.now()
  return {
    name: city.name ?? row?.name ?? '全市',
    pack: city.pack ?? null,
    notice: city.notice ?? null,
    year: view.year,
    knownSince: row?.known ? chinaDate(new Date(row.known)) : null,
    clock: { now: now.toISOString(), date: view.date, simulated: db.clock.simulated },
    bounds: city.bounds ?? row?.bounds ?? nowhere,
    mapApproval: city.mapApproval ?? null,
    basemap: { pmtilesUrl: pmtilesUrl(env.PMTILES_URL), tiandituKey: env.TIANDITU_KEY ?? null },
    wall: city.wall ?? usualWall,
    fundSources: fundSourcesIn(row?.sources),
    database: db.kind,
    version,
  }
}

/** A file on this machine is served by us; an address is fetched by the page itself. */
function pmtilesUrl(setting: string | undefined): string | null {
  if (!setting) return null
  return isWebAddress(setting) ? setting : '/basemap.pmtiles'
}

export const isWebAddress = (text: string) => /^https?:\/\//.test(text)
