/**
 * Hotspots of 10,000 projects: Gi* on H3 cells and on neighbours within 10 km, from positions to
 * places, against their goals and beside a plain n² version in the same run; 100,000 projects printed
 * too; and how many of 1,000 shuffled maps show a hotspot, by the shuffle tail and by the normal curve.
 */
import { distanceM } from 'geo/distance'
import { falseDiscovery } from 'geo/false-discovery'
import { frameOf, type HotspotPoints, type HotspotTerms, judgeSites } from 'geo/hotspot'
import { normalTail } from 'geo/normal-tail'
import { random } from 'geo/random'
import { measure, sideBySide } from './measure.ts'

const goals = { cell: 300, project: 1000 }
const shuffles = 1000
const mostShown = 0.05
const terms: HotspotTerms = {
  basis: 'cell',
  resolution: 7,
  rings: 1,
  bandKm: 10,
  minimum: 8,
  leastTotal: 30,
  q: 0.05,
}
const byProject: HotspotTerms = { ...terms, basis: 'project' }

/** Over the extent of a city (or, with a factor, of a province), half of them in sixty parks. */
function projects(count: number, factor: number): HotspotPoints & { value: number[] } {
  const dice = random(`bench ${count}`)
  const lon = () => 112.97 + dice.uniform(0, 1.29) * factor
  const lat = () => 26.05 + dice.uniform(0, 1.97) * factor
  const parks = Array.from({ length: 60 * factor * factor }, () => [lon(), lat()] as const)
  const places = Array.from({ length: count }, () => {
    if (dice.uniform() < 0.5) return [lon(), lat()] as const
    const [x, y] = dice.pick(parks)
    return [x + dice.normal(0, 0.012), y + dice.normal(0, 0.012)] as const
  })
  const late = () => (dice.uniform() < 0.12 ? dice.uniform(5, 22) : dice.uniform(0, 1.5))
  return {
    id: places.map((_, at) => at + 1),
    lon: places.map(([x]) => x),
    lat: places.map(([, y]) => y),
    value: places.map(late),
  }
}

const judged = (points: HotspotPoints, by: HotspotTerms) =>
  judgeSites(points, frameOf(points, by), by)

/** Every pair by its distance, in plain arrays: what one writes first. */
function plain({ lon, lat, value }: HotspotPoints, bandM: number): number[] {
  const values = Array.from(value)
  const places = values.map((_, at): [number, number] => [lon[at] ?? 0, lat[at] ?? 0])
  const n = values.length
  const mean = values.reduce((sum, one) => sum + one, 0) / n
  const spread = Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / n - mean * mean)
  return places.map((here) => {
    const near = values.filter((_, at) => distanceM(here, places[at] ?? [0, 0]) <= bandM)
    const sum = near.reduce((total, one) => total + one, 0)
    const w = near.length
    return (sum - w * mean) / (spread * Math.sqrt((n * w - w * w) / (n - 1)))
  })
}

const tenThousand = projects(10_000, 1)
const [cell, project] = await sideBySide(
  [
    { name: '10,000 on H3 cells', fn: () => judged(tenThousand, terms) },
    { name: '10,000 on neighbours within 10 km', fn: () => judged(tenThousand, byProject) },
    { name: '10,000, plain n²', fn: () => plain(tenThousand, 10_000) },
  ],
  5,
)
const ours = judged(tenThousand, { ...byProject, minimum: 1 }).z
const apart = plain(tenThousand, 10_000).reduce(
  (most, z, at) => Math.max(most, Math.abs(z - (ours[at] ?? Number.NaN))),
  0,
)
console.log(`largest difference of Gi* from the plain version: ${apart.toExponential(1)}`)

const hundredThousand = projects(100_000, 4)
await measure('100,000 on H3 cells', 3, () => judged(hundredThousand, terms))
await measure('100,000 on neighbours within 10 km', 3, () => judged(hundredThousand, byProject))

const shares = [terms, { ...byProject, bandKm: 3 }].map(shownBy)

const verdicts = [
  ['H3 cells', (cell?.median ?? Number.NaN) <= goals.cell],
  ['neighbours', (project?.median ?? Number.NaN) <= goals.project],
  ['the same as plain', apart <= 1e-7],
  ['shuffled maps', shares.every((share) => share <= mostShown)],
] as const
for (const [name, ok] of verdicts) console.log(`${name}: ${ok ? 'reached' : 'BELOW THE GOAL'}`)
process.exitCode = verdicts.every(([, ok]) => ok) ? 0 : 1

/** The share of shuffled maps of 549 projects that show anything. */
function shownBy(by: HotspotTerms): number {
  const points = projects(549, 1)
  const frame = frameOf(points, by)
  const dice = random('bench shuffles')
  let [shown, shownByNormal] = [0, 0]
  for (let round = 0; round < shuffles; round++) {
    const { z, groups } = judgeSites({ value: dice.shuffle(points.value) }, frame, by)
    if (groups > 0) shown += 1
    if (falseDiscovery(z.map(normalTail)).some((p) => p <= by.q)) shownByNormal += 1
  }
  const percent = (count: number) => `${((100 * count) / shuffles).toFixed(1)} %`
  console.log(
    `${shuffles} shuffles of 549 on ${by.basis}: ${percent(shown)} of the maps show a hotspot (by the normal curve ${percent(shownByNormal)})`,
  )
  return shown / shuffles
}
