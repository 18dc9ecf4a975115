import type { Reference } from 'api/forecast/reference'
import { type Random, random } from 'geo/random'

/** How works of a made-up world go. */
export interface World {
  name: string
  count: number
  /** Log of real to planned time: mean and spread between works. */
  late: number
  spread: number
  /** How much a month differs from the work's own pace. */
  swing: number
  /** Months by which works begin late, on average. */
  startLate: number
  /** Share of works that stand still for some months on the way. */
  stops: number
}

export const worlds: readonly World[] = [
  { name: 'calm', count: 120, late: 0.05, spread: 0.08, swing: 0.1, startLate: 0.3, stops: 0 },
  { name: 'rough', count: 120, late: 0.2, spread: 0.3, swing: 0.35, startLate: 1, stops: 0.1 },
  {
    name: 'standing still',
    count: 120,
    late: 0.1,
    spread: 0.15,
    swing: 0.2,
    startLate: 0.5,
    stops: 0.4,
  },
  { name: 'few', count: 16, late: 0.12, spread: 0.2, swing: 0.2, startLate: 0.5, stops: 0.1 },
  {
    name: 'on time on average',
    count: 120,
    late: 0,
    spread: 0.2,
    swing: 0.2,
    startLate: 0,
    stops: 0,
  },
]

/** Finished works of a world, the same for the same seed. */
export function finishedWorks(world: World, seed: string): Reference[] {
  return Array.from({ length: world.count }, (_, index) =>
    finishedWork(world, index + 1, random(`${seed}/${world.name}`).fork(String(index))),
  )
}

function finishedWork(world: World, id: number, stream: Random): Reference {
  const plannedMonths = stream.integer(8, 36)
  const startedMonths = Math.max(0, stream.normal(world.startLate, 1))
  const pace = Math.exp(-stream.normal(world.late, world.spread))
  const stop = stream.uniform() < world.stops ? stream.uniform(0.1, 0.9) : 2
  const pause = stream.integer(2, 8)
  const [times, values] = [[startedMonths], [0]]
  let [position, swing, time, waited] = [0, 0, startedMonths, 0]
  while (position < plannedMonths) {
    time += 1
    swing = 0.5 * swing + stream.normal(0, world.swing)
    const stands = position / plannedMonths > stop && waited < pause
    if (stands) waited += 1
    const earned = stands ? 0 : Math.max(0.05, pace * (1 + swing))
    if (position + earned >= plannedMonths) time += (plannedMonths - position) / earned - 1
    position = Math.min(plannedMonths, position + earned)
    times.push(time)
    values.push(shareAt(position / plannedMonths))
  }
  return {
    source: 'archive',
    id,
    code: `W-${id}`,
    name: `工程 ${id}`,
    category: 'industry',
    totalWan: 20_000,
    synthetic: true,
    plannedMonths,
    startedMonths,
    actualMonths: time,
    track: { times, values },
  }
}

/** An S: slow at both ends. */
const shareAt = (part: number) => (1 - Math.cos(Math.PI * part)) / 2
