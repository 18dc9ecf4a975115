/*
 * What is wrong with a geometry, in the words of the people who drew it.
 */
import type { Finding, FindingCode } from 'geo/finding'

const WORDS: Readonly<Record<FindingCode, string>> = {
  geometry_not_object: '不是 GeoJSON 几何对象',
  geometry_type_unknown: '几何类型应为 Point、LineString、MultiLineString、Polygon 或 MultiPolygon',
  geometry_empty: '没有坐标',
  coordinates_not_array: '坐标应为数组',
  nesting_too_deep: '坐标嵌套过深',
  position_length: '坐标应为 [经度, 纬度] 或 [经度, 纬度, 高程]',
  coordinate_not_number: '坐标应为数字，不能是文字或空值',
  coordinate_not_finite: '坐标应为有限的数字',
  position_out_of_range: '坐标超出范围：经度 -180 到 180，纬度 -90 到 90；米制坐标请用 --crs 指明',
  position_swapped: '经度和纬度写反了：应经度在前',
  vertices_over_limit: '顶点过多：请先简化',
  line_too_short: '线应至少有 2 个点',
  ring_too_short: '环应至少有 4 个点，首尾相同',
  ring_not_closed: '环没有闭合：最后一点应与第一点相同',
  ring_flat: '环没有面积',
  ring_self_intersects: '环与自身相交',
  rings_cross: '两个环相交',
  hole_outside: '洞在外环之外',
  polygon_too_complex: '边界过于复杂：请先简化',
}

/** One Chinese sentence with place, value and the finding's stable code. */
export function geometryWords({ code, path, message }: Finding): string {
  const place = path === '' ? '' : ` ${path}`
  const told = message.slice(message.indexOf(path) + path.length)
  const [value] = /\[-?\d[^\]]*\]|"[^"]*"|\bnull\b/.exec(told) ?? []
  return `${WORDS[code]}（${code}${place}${value === undefined ? '' : ` 是 ${value}`}）`
}
