import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NamePlace, type Point, placeNames } from 'web/investment/label-place.ts'

const frame = { left: 0, top: 0, right: 400, bottom: 240 }
const height = 14
const line = (yAt: (x: number) => number, width = 60) => ({
  width,
  points: Array.from({ length: 12 }, (_, month): Point => {
    const x = 30 + month * 32
    return [x, yAt(x)]
  }),
})
const boxOf = ({ left, top }: NamePlace, width: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})

test('names stand clear of every line where there is room', () => {
  const courses = [
    (x: number) => 230 - x / 2,
    (x: number) => 200 - x / 2.2,
    (x: number) => 120 - x / 4,
  ]
  const places = placeNames(
    courses.map((yAt) => line(yAt)),
    frame,
  )
  for (const place of places) {
    const box = boxOf(place ?? { at: 0, left: 0, top: 0 }, 60)
    expect(place).not.toBeNull()
    for (const yAt of courses)
      for (let x = Math.max(30, box.left); x <= Math.min(382, box.right); x++)
        expect(yAt(x) < box.top || yAt(x) > box.bottom, `${x}`).toBe(true)
  }
})

test('no name covers another or leaves the frame, whatever the lines', () => {
  const values = fc.array(fc.option(fc.integer({ min: 10, max: 230 }), { freq: 5 }), {
    minLength: 12,
    maxLength: 12,
  })
  const lines = fc.array(fc.record({ values, width: fc.integer({ min: 20, max: 110 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(lines, (given) => {
      const named = given.map(({ values: ys, width }) => ({
        width,
        points: ys.map((y, month): Point | null => (y === null ? null : [30 + month * 32, y])),
      }))
      const boxes = placeNames(named, frame).flatMap((place, index) =>
        place ? [boxOf(place, named[index]?.width ?? 0)] : [],
      )
      for (const [index, box] of boxes.entries()) {
        expect(box.left >= 0 && box.right <= 400 && box.top >= 0 && box.bottom <= 240).toBe(true)
        for (const other of boxes.slice(index + 1)) {
          const apart =
            box.right <= other.left ||
            other.right <= box.left ||
            box.bottom <= other.top ||
            other.bottom <= box.top
          expect(apart).toBe(true)
        }
      }
    }),
  )
})
