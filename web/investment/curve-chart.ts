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
  const behind = last >= 0 && (actual[last] ?? 0) < (planned[last] ?? 0)
  const lines: Line[] = []
  if (annualWan !== null && annualWan > 0) {
    const values = months.map(({ month }) => (annualWan * month) / 12)
    lines.push(lineAs(words.even, values, 8, 'top', token('--faint'), 1, true))
  }
  if (planned.some((value) => value !== null))
    lines.push(lineAs(words.planned, planned, 10, 'bottom', token('--quiet'), 1.5, false))
  if (last >= 0) {
    // Behind the plan the name has room to the right, below the plan's line, until the year ends.
    const side = !behind ? 'top' : last < 9 ? 'right' : 'bottom'
    lines.push(lineAs(words.actual, actual, last, side, token('--accent'), 2.5, false))
  }
  return lines
}

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

function seriesOf(line: Line): LineSeriesOption {
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
              color: line.color,
              distance: 6,
            },
          }
        : (value ?? '-'),
    ),
  }
}
