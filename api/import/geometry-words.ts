/*
 * What is wrong with a geometry, in the words of the people who drew it.
 */
import type { Finding, FindingCode } from 'geo/finding'
import type { PositionError, PositionErrorCode } from 'geo/position'

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

const POSITION_WORDS: Readonly<Record<PositionErrorCode, string>> = {
  coordinate_not_finite: '坐标应为有限的数字',
  position_out_of_range: '坐标超出范围：经度 -180 到 180，纬度 -90 到 90；米制坐标请指明坐标系',
  position_swapped: '经度和纬度写反了：应经度在前',
  crs_unknown: '坐标系不认识：可用 wgs84、cgcs2000、gcj02、bd09、gk3-38、gk6-19、gk3-cm113',
  crs_mismatch:
    '坐标不在所说的坐标系里：米制坐标的纵坐标约 100 万到 650 万，横坐标约 5 万到 95 万，前面可有带号，带号应与坐标系一致',
}

/** Why a pair has no place in its system. */
export function positionWords({ code }: PositionError): string {
  return `${POSITION_WORDS[code]}（${code}）`
}

/** What PostGIS says of a polygon: `Self-intersection[113.1 27.8]`. */
const POSTGIS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^ring self-intersection/i, '环在一点上自己碰到自己'],
  [/^self-intersection/i, '边界自己相交，或几个面互相重叠'],
  [/^hole lies outside/i, '洞在外环之外'],
  [/^holes are nested/i, '洞套着洞'],
  [/^nested shells/i, '一个面在另一个面里面'],
  [/^interior is disconnected/i, '面被洞分成了不相连的几块'],
  [/^duplicate rings/i, '有两个相同的环'],
  [/^too few points/i, '环的点太少'],
]

/** The reason of PostGIS in Chinese, with the place. */
export function postgisWords(reason: string): string {
  const words = POSTGIS_WORDS.find(([pattern]) => pattern.test(reason))?.[1] ?? '不是有效的面'
  const [, place] = /\[(-?[\d.e+-]+ -?[\d.e+-]+)\]/.exec(reason) ?? []
  return place === undefined ? words : `${words}（在 ${place.replace(' ', ', ')} 处）`
}
