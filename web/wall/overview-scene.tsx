import type { YearForecast } from 'api/forecast/contract'
import { useTranslation } from 'react-i18next'
import { yearForecast } from '../forecast/queries.ts'
import { curveOn } from '../investment/queries.ts'
import type { ProjectTable } from '../project/table.ts'
import { ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { FirstLine } from './first-line.tsx'
import { HeadlinePanel } from './headline-panel.tsx'
import { LightsPanel } from './lights-panel.tsx'
import type { Overview } from './overview.ts'
import { SeasonPanel } from './season-panel.tsx'
import { useSteady } from './steady.ts'
import { UnitPanel } from './unit-panel.tsx'
import { WallPanel } from './wall-panel.tsx'
import { WallTop } from './wall-top.tsx'
import { YearEndLine } from './year-end-line.tsx'

/** 全市总览: one sentence, the figures, the lights of every unit and the year's money. */
export function OverviewScene(props: {
  asOf: string | null
  table: ProjectTable
  overview: Overview
  name: (unit: number) => string
  shortName: (unit: number) => string
}) {
  const { t } = useTranslation(['wall'])
  const { asOf, table, overview } = props
  return (
    <>
      <WallTop
        scene={t('wall:scene.overview')}
        date={table.date}
        asOf={asOf}
        line={<FirstLine overview={overview} name={props.name} />}
      />
      <WallPanel name="headline">
        <HeadlinePanel overview={overview} />
        <LightsPanel overview={overview} />
      </WallPanel>
      <WallPanel name="unit">
        <UnitPanel overview={overview} name={props.shortName} />
      </WallPanel>
      <WallPanel name="season">
        <Season table={table} asOf={asOf} />
      </WallPanel>
    </>
  )
}

function Season({ table, asOf }: { table: ProjectTable; asOf: string | null }) {
  const curve = useSteady(curveOn(asOf))
  const forecast = useSteady(yearForecast({}, asOf)).data
  if (curve.data)
    return (
      <>
        <SeasonPanel curve={curve.data} date={table.date} expected={expectedOf(forecast)} />
        {forecast && <YearEndLine forecast={forecast} />}
      </>
    )
  return curve.error ? <ScreenError error={curve.error} /> : <ScreenLoading />
}

function expectedOf(forecast: YearForecast | undefined) {
  if (!forecast || forecast.p50Wan === null || forecast.p80Wan === null) return null
  return { p50Wan: forecast.p50Wan, p80Wan: forecast.p80Wan }
}
