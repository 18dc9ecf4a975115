/*
 * The regularised upper incomplete gamma function: the upper tail of a gamma distribution. By its
 * series below shape + 1 and by Lentz's continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31),
 * whose steps grow with the root of the shape.
 */

const precision = 1e-15
const tiny = 1e-300
const mostSteps = 100_000

/** P(G ≥ x) for G of Gamma(shape, 1); shape > 0. */
export function gammaTail(shape: number, x: number): number {
  if (!(x > 0)) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return x < shape + 1 ? 1 - lowerSeries(shape, x) : upperFraction(shape, x)
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let step = 1; step < mostSteps && term > sum * precision; step++) {
    term *= x / (shape + step)
    sum += term
  }
  return sum * Math.exp(shape * Math.log(x) - x - logGamma(shape))
}

function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let step = 1; step < mostSteps; step++) {
    const a = -step * (step - shape)
    b += 2
    d = 1 / (Math.abs(a * d + b) < tiny ? tiny : a * d + b)
    c = Math.abs(b + a / c) < tiny ? tiny : b + a / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < precision) break
  }
  return fraction * Math.exp(shape * Math.log(x) - x - logGamma(shape))
}

// Lanczos's coefficients for g = 7, n = 9 (Godfrey)
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0, to about 1e-14. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const [first = 0, ...others] = lanczos
  const sum = others.reduce((total, factor, at) => total + factor / (x + at), first)
  const t = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}
