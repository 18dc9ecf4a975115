/*
 * False discovery rate (Benjamini & Hochberg 1995): of those that are found, at most the share `q` is
 * chance on average; where nothing is to be found, at most the share `q` of maps shows anything.
 */

/**
 * The p values corrected by Benjamini–Hochberg, in the order given: what is ≤ q is found at the rate
 * q. A p that is not a number was not tested; it stays so and does not count.
 */
export function falseDiscovery(p: ArrayLike<number>): Float64Array {
  const tested: number[] = []
  for (let at = 0; at < p.length; at++) if (!Number.isNaN(p[at] ?? Number.NaN)) tested.push(at)
  const value = (at: number) => p[at] ?? Number.NaN
  tested.sort((a, b) => value(b) - value(a))
  const adjusted = new Float64Array(p.length).fill(Number.NaN)
  let least = 1
  for (const [above, at] of tested.entries()) {
    least = Math.min(least, (value(at) * tested.length) / (tested.length - above))
    adjusted[at] = least
  }
  return adjusted
}
