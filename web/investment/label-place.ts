/** Where the names of lines stand in a chart: beside their own line, clear of the others. Pixels. */

export type Point = readonly [x: number, y: number]

export interface NamedLine {
  /** Width of the written name. */
  width: number
  /** Its points from left to right; a name stands at one of them. */
  points: readonly (Point | null)[]
}

export interface Frame {
  left: number
  top: number
  right: number
  bottom: number
}

export interface NamePlace {
  /** Index of the point that the name belongs to. */
  at: number
  left: number
  top: number
}

const lineHeight = 14
/** Clear space between a name and its point, and around a name. */
const gap = 6
const padding = 2
/** Lines are looked at every so many pixels. */
const step = 3

/**
 * One place for each line, in the order given: those named first choose first. A name never covers
 * another; where lines leave no room, it covers as little of them as it can. Null for a line without
 * points, or where there is no room at all.
 */
export function placeNames(lines: readonly NamedLine[], frame: Frame): (NamePlace | null)[] {
  const dots = lines.map(({ points }) => dotsOf(points))
  const taken: Frame[] = []
  return lines.map((line, index) => {
    let best: { place: NamePlace; cost: number } | null = null
    for (const place of candidates(line)) {
      const box = boxOf(place, line.width)
      if (!isInside(box, frame) || taken.some((other) => overlaps(box, other))) continue
      const cost = costOf(box, dots, index)
      if (best === null || cost < best.cost) best = { place, cost }
    }
    if (best) taken.push(boxOf(best.place, line.width))
    return best?.place ?? null
  })
}

/** Above, below and beside each point. */
function* candidates({ points, width }: NamedLine): Generator<NamePlace> {
  for (const [at, point] of points.entries()) {
    if (point === null) continue
    const [x, y] = point
    for (const top of [y - gap - lineHeight, y + gap]) {
      for (const left of [x - width, x - width / 2, x]) yield { at, left, top }
    }
    for (const left of [x + gap, x - gap - width]) yield { at, left, top: y - lineHeight / 2 }
  }
}

const boxOf = ({ left, top }: NamePlace, width: number): Frame => ({
  left,
  top,
  right: left + width,
  bottom: top + lineHeight,
})

/** Lines under the name first, then others that stand as near to it as its own. */
function costOf(box: Frame, dots: readonly Point[][], own: number): number {
  let [covered, near] = [0, 0]
  const around = grown(box, 3 * padding)
  for (const [index, line] of dots.entries()) {
    for (const dot of line) {
      if (!holds(around, dot)) continue
      if (holds(grown(box, padding), dot)) covered += 1
      else if (index !== own) near += 1
    }
  }
  return 10 * covered + near
}

const grown = ({ left, top, right, bottom }: Frame, by: number): Frame => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
})
const holds = ({ left, top, right, bottom }: Frame, [x, y]: Point) =>
  x >= left && x <= right && y >= top && y <= bottom
const isInside = (box: Frame, frame: Frame) =>
  box.left >= frame.left &&
  box.right <= frame.right &&
  box.top >= frame.top &&
  box.bottom <= frame.bottom
const overlaps = (one: Frame, other: Frame) =>
  one.left < other.right + padding &&
  other.left < one.right + padding &&
  one.top < other.bottom + padding &&
  other.top < one.bottom + padding

function dotsOf(points: readonly (Point | null)[]): Point[] {
  const dots: Point[] = []
  let before: Point | null = null
  for (const point of points) {
    if (point && before) {
      const count = Math.max(
        1,
        Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / step),
      )
      for (let index = 0; index < count; index++) {
        const part = index / count
        dots.push([
          before[0] + (point[0] - before[0]) * part,
          before[1] + (point[1] - before[1]) * part,
        ])
      }
    }
    if (point) dots.push(point)
    before = point
  }
  return dots
}
