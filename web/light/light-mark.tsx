import type { LightState } from 'api/light/contract'
import { lightShape, lightToken } from './light.ts'

/**
 * One light as a small picture, the same contour as on the map. Decoration: the word beside it
 * says the same. `hollow` is the outline of a position that nobody verified.
 */
export function LightMark(props: { light: LightState; hollow?: boolean; size?: number | string }) {
  const shape = lightShape[props.light]
  const colour = `var(${lightToken[props.light]})`
  const size = props.size ?? 14
  const ring = shape.body === 'ring'
  const open = props.hollow === true
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={shape.outline}
        fill={ring || open ? 'none' : colour}
        fillOpacity={shape.hatch === null ? 1 : 0.25}
        stroke={colour}
        strokeWidth={ring && !open ? 5 : open ? 2.6 : 1.6}
        strokeLinejoin="round"
      />
      {shape.hatch === null ? null : (
        <path d={shape.hatch} stroke={colour} strokeWidth={open ? 1.6 : 3} />
      )}
    </svg>
  )
}
