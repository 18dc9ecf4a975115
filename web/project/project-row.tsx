import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { isVerified } from '../map/scale.ts'
import { monthOf } from '../ui/date.ts'
import { points, wan } from '../ui/number.ts'
import { lightOf, type ProjectTable, provenanceOf, qualityOf, stageOf } from './table.ts'

/** Short names by id, for the second line of a row. */
export interface PlaceNames {
  unit: ReadonlyMap<number, string>
  park: ReadonlyMap<number, string>
}

interface RowProps {
  id: string
  table: ProjectTable
  row: number
  place: number
  /** Pixels from the top of the list. */
  top: number
  active: boolean
  selected: boolean
  places: PlaceNames
  onOpen: (place: number) => void
}

/** One project in the list: light, name with its place, money with a small bar, lag with sign. */
export const ProjectRow = memo(function ProjectRow(props: RowProps) {
  const { table, row, active, selected } = props
  const { t } = useTranslation(['project'])
  const light = lightOf(table, row)
  const lag = table.lagPoints[row] ?? Number.NaN
  const state = `${active ? ' project-list-active' : ''}${selected ? ' project-list-selected' : ''}`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid answers the keys for its active row
    <div
      role="row"
      id={props.id}
      aria-rowindex={props.place + 2}
      aria-selected={selected}
      className={`project-list-row project-list-item${state}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onOpen(props.place)}
      data-project={table.id[row]}
      data-record="project"
    >
      <Cell name="light">
        <span title={t(`project:light.${light}`)}>
          <LightMark light={light} hollow={!isVerified(qualityOf(table, row))} size={16} />
          <span className="visually-hidden">{t(`project:light.${light}`)}</span>
        </span>
      </Cell>
      <NameCell table={table} row={row} places={props.places} />
      <Cell name="total">{wan(table.totalWan[row])}</Cell>
      <Cell name="annual">{wan(table.annualWan[row])}</Cell>
      <DoneCell table={table} row={row} />
      <Cell name="lag">
        <span className={lag <= -5 ? 'project-list-behind' : ''}>{points(lag)}</span>
      </Cell>
      <Cell name="reported">{monthOf(table.reported[row] ?? -1)}</Cell>
    </div>
  )
})

function Cell({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its cells
    <div role="gridcell" className={`project-list-cell project-list-${name} figure`}>
      {children}
    </div>
  )
}

function NameCell({ table, row, places }: Pick<RowProps, 'table' | 'row' | 'places'>) {
  const { t } = useTranslation(['desk', 'project'])
  const name = table.name[row] ?? ''
  const provenance = provenanceOf(table, row)
  const where = [places.unit.get(table.unit[row] ?? -1), places.park.get(table.park[row] ?? -1)]
  return (
    <Cell name="name">
      <span className="project-list-title" title={name}>
        {name}
      </span>
      <span className="project-list-sub">
        <span className="project-list-where">
          {[...where, t(`project:stage.${stageOf(table, row)}`)].filter(Boolean).join(' · ')}
        </span>
        {provenance !== '' && (
          <span
            className={`badge badge-${provenance}`}
            title={t(`project:provenance.${provenance}`)}
          >
            {t(`desk:provenance.${provenance}`)}
          </span>
        )}
      </span>
    </Cell>
  )
}

/** Done this year; the bar below it is its share of the annual plan, the tick where the plan stands. */
function DoneCell({ table, row }: Pick<RowProps, 'table' | 'row'>) {
  const annual = table.annualWan[row] ?? Number.NaN
  const share = (amount: number | undefined) =>
    annual > 0 && amount !== undefined && amount >= 0 ? Math.min(1, amount / annual) * 100 : null
  const done = share(table.doneWan[row])
  const planned = share(table.plannedWan[row])
  return (
    <Cell name="done">
      <span>{wan(table.doneWan[row])}</span>
      <span className="project-list-bar" aria-hidden="true">
        {done !== null && <span className="project-list-bar-done" style={{ width: `${done}%` }} />}
        {planned !== null && (
          <span className="project-list-bar-plan" style={{ left: `${planned}%` }} />
        )}
      </span>
    </Cell>
  )
}
