import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { drawCurve, startChart } from './curve-chart.ts'
import type { MoneyMonth } from './monthly.ts'

interface CurveFigureProps {
  months: readonly MoneyMonth[]
  year: number
  annualWan: number | null
}

/** The chart's element: drawn again when figures, words, theme or width change. */
export default function CurveFigure({ months, year, annualWan }: CurveFigureProps) {
  const { t } = useTranslation(['panel', 'shell'])
  const element = useRef<HTMLDivElement>(null)
  const words = useMemo(
    () => ({
      planned: t('panel:money.plannedSum'),
      actual: t('panel:money.actualSum'),
      even: t('panel:money.evenLine'),
      unit: t('shell:unit.wan'),
      months: months.map(({ month }) => t(`panel:month.${month}`)),
    }),
    [t, months],
  )
  useEffect(() => {
    if (!element.current) return
    const chart = startChart(element.current)
    const draw = () => drawCurve(chart, months, annualWan, words)
    draw()
    const size = new ResizeObserver(() => chart.resize())
    size.observe(element.current)
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      size.disconnect()
      theme.disconnect()
      chart.dispose()
    }
  }, [months, annualWan, words])
  return (
    <div
      className="money-figure"
      ref={element}
      role="img"
      aria-label={t('panel:money.figure', { year })}
    />
  )
}
