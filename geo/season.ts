/*
 * How a year's money falls on its months, learned from whole past years. Few years say little, so
 * they are shrunk towards a curve that is known from elsewhere, as if it were some years too.
 */

/** What the curve from elsewhere is worth, in years. */
const PRIOR_YEARS = 2

export interface Season {
  /** Shares of January to December; they add up to 1. */
  shares: number[]
  /** Whole years that were learned from. */
  years: number
}

/**
 * `years` holds the money of each past year by month (twelve amounts in one unit); a year without
 * money says nothing. `prior` is a curve in any unit; null: there is none.
 * share = (sum of the years' shares + 2 × prior share) / (number of years + 2)
 * @returns null where nothing is known at all
 */
export function season(
  years: readonly (readonly number[])[],
  prior: readonly number[] | null,
): Season | null {
  const known = years.map(sharesOf).filter((shares) => shares !== null)
  const from = prior && sharesOf(prior)
  const weight = known.length + (from ? PRIOR_YEARS : 0)
  if (weight === 0) return null
  const shares = Array.from({ length: 12 }, (_, month) => {
    const told = known.reduce((sum, year) => sum + (year[month] ?? 0), 0)
    return (told + PRIOR_YEARS * (from?.[month] ?? 0)) / weight
  })
  return { shares, years: known.length }
}

/** Corrections below zero would bend the curve down: they count as nothing. */
function sharesOf(months: readonly number[]): number[] | null {
  const amounts = months.map((amount) => Math.max(0, amount))
  const whole = amounts.reduce((sum, amount) => sum + amount, 0)
  return whole > 0 ? amounts.map((amount) => amount / whole) : null
}
