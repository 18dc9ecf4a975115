/** Sizes of figures that fit their place whatever they are; in units of the wall, 1u = 1/108 of the height. */
import type { CSSProperties } from 'react'

/** Text of the wall is never smaller. */
const leastSize = 2.7

/** Width of a line in em of the wall's font, a little too wide rather than too narrow. */
export function emOf(text: string): number {
  let width = 0
  for (const sign of text) {
    if (/[.,:; |]/.test(sign)) width += 0.3
    else if (sign === '%') width += 0.95
    else width += sign > '\u2e80' ? 1 : 0.6
  }
  return width
}

/** The largest type in which the text stays within the room on one line. */
export const sizeFor = (text: string, room: number, largest: number): number =>
  Math.max(leastSize, Math.min(largest, room / emOf(text)))

/** That size as a style: wall.css multiplies `--size` by the unit. */
export const sized = (text: string, room: number, largest: number): CSSProperties =>
  ({ '--size': sizeFor(text, room, largest).toFixed(2) }) as CSSProperties
