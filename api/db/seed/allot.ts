/*
 * Splitting a total so that the parts add up to it exactly: the largest-remainder method
 * (Hamilton's). Amounts are whole numbers of some unit (projects, 万元).
 */

/** One receiver: its share of the total, and the most that it can take. */
export interface Share {
  /** ≥ 0; the parts are in proportion to it. */
  weight: number
  /** Largest part, no limit when absent. */
  most?: number
}

/**
 * Whole numbers that add up to `total` exactly, in proportion to the weights as far as the limits
 * allow: what a full receiver cannot take goes to the others.
 * @throws RangeError `ALLOT_IMPOSSIBLE` when the limits leave no room, or nobody has a weight.
 */
export function allot(total: number, shares: readonly Share[]): number[] {
  const exact = spread(total, shares)
  const parts = exact.map(Math.floor)
  let left = total - parts.reduce((sum, part) => sum + part, 0)
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (let round = 0; left > 0; round++) {
    if (round > 3) throw impossible(total)
    for (const { index } of order) {
      const share = shares[index]
      const part = parts[index]
      if (left === 0 || !share || part === undefined) break
      if (share.weight === 0 || part + 1 > (share.most ?? Number.POSITIVE_INFINITY)) continue
      parts[index] = part + 1
      left--
    }
  }
  return parts
}

/** The exact parts: proportional, those over their limit set to it until none is. */
function spread(total: number, shares: readonly Share[]): number[] {
  const parts = shares.map(() => 0)
  const full = new Set<number>()
  for (;;) {
    const open = [...shares.entries()].filter(([index]) => !full.has(index))
    const weight = open.reduce((sum, [, share]) => sum + share.weight, 0)
    const taken = [...full].reduce((sum, index) => sum + (parts[index] ?? 0), 0)
    const rest = total - taken
    if (rest > 0 && !(weight > 0)) throw impossible(total)
    let changed = false
    for (const [index, share] of open) {
      const part = weight > 0 ? (rest * share.weight) / weight : 0
      const most = share.most ?? Number.POSITIVE_INFINITY
      if (part > most) {
        full.add(index)
        changed = true
      }
      parts[index] = Math.min(part, most)
    }
    if (!changed) return parts
  }
}

function impossible(total: number): RangeError {
  return new RangeError(`ALLOT_IMPOSSIBLE: the receivers cannot take ${total}`)
}
