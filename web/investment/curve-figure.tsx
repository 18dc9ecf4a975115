import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type CurveMonth, drawCurve, startChart } from './curve-chart.ts'

interface CurveFigureProps {
  months: readonly CurveMonth[]
  year: number
}

/** The chart's element: drawn again when figures, words, theme or width change. */
export default function CurveFigure({ months, year }: CurveFigureProps) {
  const { t } = useTranslation(['panel', 'forecast', 'shell'])
  const element = useRef<HTMLDivElement>(null)
  const words = useMemo(
    () => ({
      name: {
        plannedSum: t('panel:money.plannedSum'),
        actualSum: t('panel:money.actualSum'),
        evenSum: t('panel:money.evenLine'),
        seasonSum: t('forecast:line.season'),
        p50Sum: t('forecast:line.p50'),
        p80Sum: t('forecast:line.p80'),
      },
      unit: t('shell:unit.wan'),
      months: months.map(({ month }) => t(`panel:month.${month}`)),
    }),
    [t, months],
  )
  useEffect(() => {
    if (!element.current) return
    const chart = startChart(element.current)
    const draw = () => drawCurve(chart, months, words)
    draw()
    const size = new ResizeObserver(() => {
      chart.resize()
      draw()
    })
    size.observe(element.current)
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      size.disconnect()
      theme.disconnect()
      chart.dispose()
    }
  }, [months, words])
  return (
    <div
      className="money-figure"
      data-axis
      ref={element}
      role="img"
      aria-label={t('panel:money.figure', { year })}
    />
  )
}
