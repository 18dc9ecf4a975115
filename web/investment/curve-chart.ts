/** Cumulative money of a year as three lines, labelled on the lines themselves. Amounts in 万元. */
import { LineChart, type LineSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components'
import { type ComposeOption, type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { lastIndex } from '../ui/last-index.ts'
import { wan } from '../ui/number.ts'
import { type Anchor, clearest, doneSide } from './label-place.ts'
import type { MoneyMonth } from './monthly.ts'

use([LineChart, GridComponent, TooltipComponent, SVGRenderer])

type Option = ComposeOption<LineSeriesOption | GridComponentOption | TooltipComponentOption>

export interface CurveWords {
  planned: string
  actual: string
  even: string
  unit: string
  months: string[]
}

interface Line {
  name: string
  values: (number | null)[]
  /** Index of the point that carries the name, and where beside it. */
  at: number
  side: 'top' | 'bottom' | 'left' | 'right'
  color: string
  width: number
  dash: boolean
}

export const startChart = (element: HTMLElement): EChartsType =>
  init(element, null, { renderer: 'svg' })

/** Draws plan, reported and the straight line to the annual plan (none when it is not known). */
export function drawCurve(
  chart: EChartsType,
  months: readonly MoneyMonth[],
  annualWan: number | null,
  words: CurveWords,
): void {
  const style = getComputedStyle(chart.getDom())
  const token = (name: string) => style.getPropertyValue(name).trim()
  const lines = linesOf(months, annualWan, words, token)
  const quiet = token('--quiet')
  const option: Option = {
    animation: false,
    textStyle: { fontFamily: style.fontFamily, fontSize: 12, color: quiet },
    grid: { left: 8, right: 16, top: 28, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'axis',
      backgroundColor: token('--raised'),
      borderColor: token('--line'),
      textStyle: { color: token('--ink'), fontSize: 12 },
      valueFormatter: (value) => (typeof value === 'number' ? wan(value) : '—'),
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
    series: lines.map(seriesOf),
  }
  chart.setOption(option, true)
}

function linesOf(
  months: readonly MoneyMonth[],
  annualWan: number | null,
  words: CurveWords,
  token: (name: string) => string,
): Line[] {
  const planned = months.map((month) => month.plannedSum)
  const actual = months.map((month) => month.actualSum)
  const last = lastIndex(actual, (value) => value !== null)
  const even = months.map(({ month }) => ((annualWan ?? 0) * month) / 12)
  // A name stands on the side of its line where the other line is not.
  const sideOf = (at: number) => ((planned[at] ?? 0) > (even[at] ?? 0) ? 'top' : 'bottom')
  const lines: Line[] = []
  if (planned.some((value) => value !== null))
    lines.push(lineAs(words.planned, planned, 9, sideOf(9), token('--quiet'), 1.5, false))
  if (last >= 0) {
    const [done = 0, plan = 0, steady = 0] = [actual[last], planned[last], even[last]].map(Number)
    const side = doneSide(last, done, plan, steady, annualWan ?? 0)
    lines.push(lineAs(words.actual, actual, last, side, token('--accent'), 2.5, false))
  }
  if (annualWan === null || annualWan <= 0) return lines
  const at = clearest(even, lines.map(anchorOf))
  const side = sideOf(at) === 'top' ? 'bottom' : 'top'
  return [lineAs(words.even, even, at, side, token('--faint'), 1, true), ...lines]
}

/** Where the middle of a line's name stands, in months from its point. */
const nameShift = { top: -1.5, bottom: 1.5, left: -1.5, right: 1.5 }
const anchorOf = ({ at, values, side }: Line): Anchor => ({
  index: at + nameShift[side],
  wan: values[at] ?? 0,
})

function lineAs(
  name: string,
  values: (number | null)[],
  at: number,
  side: Line['side'],
  color: string,
  width: number,
  dash: boolean,
): Line {
  return { name, values, at, side, color, width, dash }
}

/** The lines rise: above one its name ends at the point, below one it begins there. */
const nameAlign = { top: 'right', bottom: 'left', left: undefined, right: undefined } as const

function seriesOf(line: Line): LineSeriesOption {
  const align = nameAlign[line.side]
  return {
    type: 'line',
    name: line.name,
    symbol: 'none',
    showAllSymbol: true,
    lineStyle: { color: line.color, width: line.width, type: line.dash ? 'dashed' : 'solid' },
    itemStyle: { color: line.color },
    data: line.values.map((value, index) =>
      index === line.at && value !== null
        ? {
            value,
            symbol: 'circle',
            symbolSize: 6,
            label: {
              show: true,
              formatter: line.name,
              position: line.side,
              ...(align === undefined ? {} : { align }),
              color: line.color,
              distance: 6,
            },
          }
        : (value ?? '-'),
    ),
  }
}
