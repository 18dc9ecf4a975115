/*
 * Seeded pseudo-random numbers for the demo data and the benches: sfc32 (Chris Doty-Humphrey's
 * PractRand), seeded from a string by the xmur3 mix. The stream is 32-bit integer arithmetic and so
 * the same everywhere; only `normal` also needs Math.log and Math.sqrt, which V8 carries itself.
 */

/** A stream of random numbers; the same seed and the same calls give the same numbers. */
export type Random = {
  /** A number in [min, max), by default [0, 1); 53 random bits. */
  uniform(min?: number, max?: number): number
  /** A whole number from min to max, both included. */
  integer(min: number, max: number): number
  /** A normally distributed number. */
  normal(mean?: number, deviation?: number): number
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T
  /** One item of a list, with probability in proportion to its weight (≥ 0, not all 0). */
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[]
  /** An independent stream for a named part, unaffected by how much this one has been used. */
  fork(name: string): Random
}

/** The stream of a seed. */
export function random(seed: string): Random {
  const next = sfc32(seed)

  function uniform(min = 0, max = 1): number {
    const high = next() >>> 5
    const low = next() >>> 6
    return min + ((high * 67108864 + low) / 9007199254740992) * (max - min)
  }

  function integer(min: number, max: number): number {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max < min) {
      throw new RangeError(`range_empty: no whole number from ${min} to ${max}`)
    }
    return min + Math.floor(uniform() * (max - min + 1))
  }

  function pick<T>(items: readonly T[]): T {
    return itemAt(items, integer(0, items.length - 1))
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = integer(0, last)
      const held = itemAt(shuffled, last)
      shuffled[last] = itemAt(shuffled, other)
      shuffled[other] = held
    }
    return shuffled
  }

  return {
    uniform,
    integer,
    pick,
    shuffle,
    normal: (mean = 0, deviation = 1) => mean + deviation * standardNormal(uniform),
    pickWeighted: (items, weightOf) => pickWeighted(items, weightOf, uniform()),
    fork: (name) => random(`${seed}/${name}`),
  }
}

/** Marsaglia's polar method; the second of each pair is dropped so that no call depends on another. */
function standardNormal(uniform: (min: number, max: number) => number): number {
  for (;;) {
    const x = uniform(-1, 1)
    const y = uniform(-1, 1)
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

function pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number, fraction: number): T {
  const weights = items.map(weightOf)
  const bad = weights.find((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
  if (bad !== undefined) throw new RangeError(`weight_invalid: weight ${bad}, expected 0 or more`)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) throw new RangeError('weights_empty: no item has a weight above 0')
  let left = fraction * total
  let chosen = -1
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue
    chosen = index
    left -= weight
    if (left < 0) break
  }
  return itemAt(items, chosen)
}

// the index is always inside the list; the cast keeps lists that hold undefined usable
function itemAt<T>(items: readonly T[], index: number): T {
  return items[index] as T
}

/** A generator of unsigned 32-bit integers. */
function sfc32(seed: string): () => number {
  const mix = xmur3(seed)
  let a = mix()
  let b = mix()
  let c = mix()
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  // sfc32's author runs it 12 rounds before use, so that near seeds part
  for (let round = 0; round < 12; round++) next()
  return next
}

/** A stream of 32-bit seeds from a string (bryc's xmur3, MurmurHash3's mix). */
function xmur3(text: string): () => number {
  let hash = 1779033703 ^ text.length
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash | 0
  }
}
