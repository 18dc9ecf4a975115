/** Cumulative money of a year as lines, named on the lines themselves. Amounts in 万元. */
import { LineChart, type LineSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components'
import { type ComposeOption, type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { wan } from '../ui/number.ts'
import { type NamePlace, type Point, placeNames } from './label-place.ts'

use([LineChart, GridComponent, TooltipComponent, SVGRenderer])

type Option = ComposeOption<LineSeriesOption | GridComponentOption | TooltipComponentOption>

/** One month of the curves; null where a line does not run. */
export interface CurveMonth {
  month: number
  plannedSum: number | null
  actualSum: number | null
  evenSum: number | null
  seasonSum: number | null
  p50Sum: number | null
  p80Sum: number | null
}

const kinds = ['actualSum', 'p50Sum', 'p80Sum', 'plannedSum', 'seasonSum', 'evenSum'] as const
export type CurveKind = (typeof kinds)[number]

export interface CurveWords {
  name: Record<CurveKind, string>
  unit: string
  months: string[]
}

interface Line {
  kind: CurveKind
  name: string
  values: (number | null)[]
  color: string
  width: number
  type: 'solid' | 'dashed' | 'dotted'
}

const fontSize = 12
/** Dots where a name belongs to its line. */
const dotSize = 5

export const startChart = (element: HTMLElement): EChartsType =>
  init(element, null, { renderer: 'svg' })

/** Draws every line that the months hold: first without names, then with them where there is room. */
export function drawCurve(
  chart: EChartsType,
  months: readonly CurveMonth[],
  words: CurveWords,
): void {
  const style = getComputedStyle(chart.getDom())
  const token = (name: string) => style.getPropertyValue(name).trim()
  const lines = linesOf(months, words, token)
  chart.setOption(
    { ...frameOf(words, lines, style, token), series: seriesOf(lines, [], token) },
    true,
  )
  const places = placesOf(chart, lines)
  chart.setOption({ series: seriesOf(lines, places, token) })
}

function frameOf(
  words: CurveWords,
  lines: readonly Line[],
  style: CSSStyleDeclaration,
  token: (name: string) => string,
): Option {
  const quiet = token('--quiet')
  return {
    animation: false,
    textStyle: { fontFamily: style.fontFamily, fontSize, color: quiet },
    grid: { left: 8, right: 16, top: 28, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      backgroundColor: token('--raised'),
      borderColor: token('--line'),
      textStyle: { color: token('--ink'), fontSize },
      confine: true,
      formatter: (told) => {
        const [first] = Array.isArray(told) ? told : [told]
        return tipOf(words, lines, first?.dataIndex ?? 0)
      },
    },
    xAxis: {
      type: 'category',
      data: words.months,
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('--line-strong') } },
      axisLabel: { color: quiet, interval: 1 },
    },
    yAxis: {
      type: 'value',
      name: words.unit,
      nameTextStyle: { color: quiet, align: 'left' },
      splitNumber: 3,
      axisLabel: { color: quiet, formatter: (value: number) => wan(value) },
      splitLine: { lineStyle: { color: token('--line') } },
    },
  }
}

/** The month's figures, one line each; a line that does not run there says nothing. */
function tipOf({ months }: CurveWords, lines: readonly Line[], index: number): HTMLElement {
  const tip = document.createElement('div')
  const add = (text: string, color?: string) => {
    const row = tip.appendChild(document.createElement('div'))
    row.textContent = text
    if (color !== undefined) row.style.color = color
  }
  add(months[index] ?? '')
  for (const { name, values, color } of lines) {
    const value = values[index]
    if (value !== null && value !== undefined) add(`${name} ${wan(value)}`, color)
  }
  return tip
}

function linesOf(
  months: readonly CurveMonth[],
  words: CurveWords,
  token: (name: string) => string,
): Line[] {
  const [accent, quiet, faint] = [token('--accent'), token('--quiet'), token('--faint')]
  const looks: Record<CurveKind, Pick<Line, 'color' | 'width' | 'type'>> = {
    actualSum: { color: accent, width: 2.5, type: 'solid' },
    p50Sum: { color: accent, width: 1.5, type: 'dashed' },
    p80Sum: { color: accent, width: 1, type: 'dotted' },
    plannedSum: { color: quiet, width: 1.5, type: 'solid' },
    seasonSum: { color: quiet, width: 1.5, type: 'dotted' },
    evenSum: { color: faint, width: 1, type: 'dashed' },
  }
  return kinds.flatMap((kind): Line[] => {
    const values = months.map((month) => month[kind])
    if (values.every((value) => value === null)) return []
    return [{ kind, name: words.name[kind], values, ...looks[kind] }]
  })
}

/** Names are placed by the pixels that the chart has laid its lines out to. */
function placesOf(
  chart: EChartsType,
  lines: readonly Line[],
): ((NamePlace & { x: number; y: number }) | null)[] {
  const axes = { xAxisIndex: 0, yAxisIndex: 0 }
  const named = lines.map(({ name, values }) => ({
    width: widthOf(name),
    points: values.map((value, index): Point | null => {
      if (value === null) return null
      const [x = 0, y = 0] = chart.convertToPixel(axes, [index, value])
      return [x, y]
    }),
  }))
  // The amounts of the axis stand left of the first month.
  const [left = 8] = chart.convertToPixel(axes, [0, 0])
  const frame = { left, top: 2, right: chart.getWidth() - 2, bottom: chart.getHeight() - 20 }
  return placeNames(named, frame).map((place, index) => {
    const point = place && named[index]?.points[place.at]
    return place && point ? { ...place, x: point[0], y: point[1] } : null
  })
}

/** Chinese characters are as wide as they are high, others about half of it. */
const widthOf = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? fontSize : fontSize * 0.6), 0)

function seriesOf(
  lines: readonly Line[],
  places: readonly ({ at: number; left: number; top: number; x: number; y: number } | null)[],
  token: (name: string) => string,
): LineSeriesOption[] {
  const series = lines.map((line, index): LineSeriesOption => {
    const place = places[index]
    return {
      id: line.kind,
      type: 'line',
      symbol: 'none',
      showAllSymbol: true,
      z: line.kind === 'actualSum' ? 4 : 3,
      lineStyle: { color: line.color, width: line.width, type: line.type },
      itemStyle: { color: line.color },
      data: line.values.map((value, at) =>
        place && at === place.at && value !== null
          ? {
              value,
              symbol: 'circle',
              symbolSize: dotSize,
              label: {
                show: true,
                formatter: line.name,
                position: [place.left - place.x + dotSize / 2, place.top - place.y + dotSize / 2],
                color: line.color,
                fontSize,
              },
            }
          : (value ?? '-'),
      ),
    }
  })
  return [...series, ...fanOf(lines, token)]
}

/** The ground between P80 and P50: the difference stacked on an unseen line. */
function fanOf(lines: readonly Line[], token: (name: string) => string): LineSeriesOption[] {
  const valuesOf = (kind: CurveKind) => lines.find((line) => line.kind === kind)?.values
  const [low, high] = [valuesOf('p80Sum'), valuesOf('p50Sum')]
  if (!low || !high) return []
  const unseen = {
    type: 'line' as const,
    stack: 'fan',
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0 },
    z: 1,
  }
  return [
    { ...unseen, id: 'fan-floor', data: low.map((value) => value ?? '-') },
    {
      ...unseen,
      id: 'fan',
      areaStyle: { color: token('--accent'), opacity: 0.16 },
      data: high.map((value, index) => (value === null ? '-' : value - (low[index] ?? value))),
    },
  ]
}
