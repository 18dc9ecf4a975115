/**
 * Tiles of 100,000 projects, requests per second of 8 clients, side by side in one run: ours from
 * memory, ST_AsMVT in the same server, a bare hello. Then one cold tile asked for 100 times at once,
 * and zoom 0 of a million points.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { PointIndex } from 'api/tile/point-index'
import { emptyColumns } from 'api/tile/points'
import { random } from 'geo/random'
import { seedProjects } from '../support/seeded-projects.ts'
import { openBenchDatabase } from './bench-database.ts'
import { load } from './http-load.ts'

const zooms = [6, 8, 10, 12]
const rounds = 3
const failures: string[] = []
const bench = await openBenchDatabase('tile')
if (bench) {
  try {
    await seedProjects(bench.db, 100_000)
    await bench.db.sql`select publish_change()`
    await bench.db.sql.unsafe('vacuum analyze')
    await measureServer(bench.url)
  } finally {
    await bench.drop()
  }
}
millionPoints()
for (const failure of failures) console.log(`BELOW THE GOAL: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

async function measureServer(database: string): Promise<void> {
  const child = fork(fileURLToPath(new URL('./tile-server.ts', import.meta.url)), [database])
  try {
    const url = await new Promise<{ site: string; bare: string }>((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const began = performance.now()
    await load(url.site, ['/tile/project/0/0/0.mvt'], { clients: 100, limit: 100, seconds: 60 })
    console.log(`first tile, index of 100,000 built: ${(performance.now() - began).toFixed(0)} ms`)
    for (const z of zooms) await compare(url, z)
    await coldTogether(url.site)
  } finally {
    child.disconnect()
  }
}

async function compare(url: { site: string; bare: string }, z: number): Promise<void> {
  const places = tilesOf(z)
  const ours = places.map((place) => `/tile/project/${place}.mvt`)
  const cold = await load(url.site, ours, { limit: ours.length, seconds: 60 })
  const candidates = {
    ours: () => load(url.site, ours),
    postgis: () =>
      load(
        url.bare,
        places.map((place) => `/postgis/${place}`),
      ),
    hello: () => load(url.bare, ['/hello']),
  }
  const rates: Record<keyof typeof candidates, number[]> = { ours: [], postgis: [], hello: [] }
  for (let round = 0; round < rounds; round++) {
    rates.ours.push((await candidates.ours()).perSecond)
    rates.postgis.push((await candidates.postgis()).perSecond)
    rates.hello.push((await candidates.hello()).perSecond)
  }
  const [own, sql, hello] = [rates.ours, rates.postgis, rates.hello].map(median)
  if (!own || !sql || !hello) throw new Error('nothing was measured')
  const spread = `${Math.min(...rates.ours).toFixed(0)}–${Math.max(...rates.ours).toFixed(0)}`
  console.log(
    `z${z}: ${places.length} tiles; cold ${cold.perSecond.toFixed(0)}/s; warm ours ${own.toFixed(0)}/s (${spread}), ` +
      `ST_AsMVT ${sql.toFixed(1)}/s (×${(own / sql).toFixed(1)}), hello ${hello.toFixed(0)}/s (${((own / hello) * 100).toFixed(0)} %)`,
  )
  if ((z === 8 || z === 10) && own < 20 * sql) failures.push(`z${z}: 20 × ST_AsMVT`)
  if (own < sql) failures.push(`z${z}: slower than ST_AsMVT`)
  if (own < hello / 2) failures.push(`z${z}: half of a bare hello`)
}

/** One tile that nobody asked for before, by 100 clients at once, beside one client alone. */
async function coldTogether(site: string): Promise<void> {
  const time = async (path: string, clients: number) => {
    const began = performance.now()
    const { done } = await load(site, [path], { clients, limit: clients, seconds: 60 })
    if (done !== clients) throw new Error(`${done} of ${clients} answers`)
    return performance.now() - began
  }
  const alone = await time('/tile/project/9/416/215.mvt', 1)
  const together = await time('/tile/project/9/417/215.mvt', 100)
  console.log(
    `cold tile: alone ${alone.toFixed(1)} ms, 100 at once ${together.toFixed(1)} ms (made once: tests/api/tile.test.ts)`,
  )
}

function millionPoints(): void {
  const next = random('a million points').uniform
  const points = emptyColumns(1_000_000)
  for (let at = 0; at < points.count; at++) {
    points.id[at] = at + 1
    points.lon[at] = 108.8 + next() * 5.4
    points.lat[at] = 24.6 + next() * 5.5
    points.totalWan[at] = Math.round(next() * 1e7) / 100
    points.counted[at] = 1
    points.light[at] = Math.floor(next() * 6)
  }
  let began = performance.now()
  const index = new PointIndex({ ...points, names: Array(points.count).fill('项目').join('\0') })
  console.log(`1,000,000 points: index in ${(performance.now() - began).toFixed(0)} ms`)
  began = performance.now()
  const tile = index.tile(0, 0, 0)
  const ms = performance.now() - began
  if (!tile) throw new Error('zoom 0 is empty')
  console.log(
    `1,000,000 points: z0 ${tile.length} bytes (${gzipSync(tile).length} gzip) in ${ms.toFixed(2)} ms`,
  )
  if (tile.length > 50_000) failures.push('z0 of 1 M points ≤ 50 kB')
}

/** Every tile of a zoom that lies over the seeded extent. */
function tilesOf(z: number): string[] {
  const side = 2 ** z
  const column = (lon: number) => Math.floor(((lon + 180) / 360) * side)
  const line = (lat: number) =>
    Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side)
  const tiles: string[] = []
  for (let x = column(112.97); x <= column(114.26); x++) {
    for (let y = line(28.02); y <= line(26.05); y++) tiles.push(`${z}/${x}/${y}`)
  }
  return tiles
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
