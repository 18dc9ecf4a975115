/** A name on a line of the chart: the month it stands at, and how much money there. */
export interface Anchor {
  index: number
  wan: number
}

/** About the size of a name: in months of a year's chart, and as a part of its height. */
const nameMonths = 3
const nameHeight = 0.14

/** The point of a line whose name is farthest from the others; both ends are left out. */
export function clearest(values: readonly (number | null)[], others: readonly Anchor[]): number {
  const highest = Math.max(1, ...values.map((wan) => wan ?? 0), ...others.map(({ wan }) => wan))
  const away = ({ index, wan }: Anchor) => {
    const far = others.map((other) =>
      Math.hypot((index - other.index) / nameMonths, (wan - other.wan) / (nameHeight * highest)),
    )
    return Math.min(...far)
  }
  let best = { index: values.length - 3, away: -1 }
  for (let index = 3; index < values.length - 2; index += 1) {
    const wan = values[index]
    if (wan === null || wan === undefined) continue
    const room = away({ index, wan })
    if (room > best.away) best = { index, away: room }
  }
  return best.index
}

/** Where the name of the money done stands at its last month, so that no other line runs through it. */
export function doneSide(
  last: number,
  done: number,
  planned: number,
  even: number,
  annual: number,
): 'top' | 'bottom' | 'right' {
  // Behind the plan there is room to the right, below the plan's line, until the year ends.
  if (done < planned) return last < 9 ? 'right' : 'bottom'
  // Near the floor there is none below.
  return done < even && done > 0.15 * annual ? 'bottom' : 'top'
}
