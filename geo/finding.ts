/** One thing that is wrong with a geometry. */
export type Finding = {
  readonly code: FindingCode
  /** Where, as in `coordinates[0][12]`; the geometry itself is the empty path. */
  readonly path: string
  /** One sentence that starts with the code and names place, value and what would be right. */
  readonly message: string
}

/** The stable codes of findings. */
export type FindingCode =
  | 'geometry_not_object'
  | 'geometry_type_unknown'
  | 'geometry_empty'
  | 'coordinates_not_array'
  | 'nesting_too_deep'
  | 'position_length'
  | 'coordinate_not_number'
  | 'coordinate_not_finite'
  | 'position_out_of_range'
  | 'position_swapped'
  | 'vertices_over_limit'
  | 'line_too_short'
  | 'ring_too_short'
  | 'ring_not_closed'
  | 'ring_flat'
  | 'ring_self_intersects'
  | 'rings_cross'
  | 'hole_outside'
  | 'polygon_too_complex'

/** A finding whose message begins with its code and ends with its place. */
export function finding(code: FindingCode, path: string, sentence: string): Finding {
  return { code, path, message: `${code}: ${path === '' ? 'geometry' : path} ${sentence}` }
}
