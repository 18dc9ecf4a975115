import type { Park } from 'api/park/contract'
import type { Unit } from 'api/unit/contract'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { type FacetKey, facetCounts } from '../project/facet.ts'
import { noFilter, type ProjectFilter } from '../project/filter.ts'
import type { ProjectTable } from '../project/table.ts'
import { FilterMenu } from './filter-menu.tsx'
import { MoneyMenu } from './money-menu.tsx'
import './filter-bar.css'

interface FilterBarProps {
  table: ProjectTable | undefined
  filter: ProjectFilter
  units: readonly Unit[]
  parks: readonly Park[]
  onFilter: (patch: Partial<ProjectFilter>) => void
  onClear: () => void
}

export interface Option {
  value: number | string
  label: string
  mark?: ReactNode
}

/** The filter as a row of menus; what is chosen stands on them, what each choice gives stands beside it. */
export function FilterBar(props: FilterBarProps) {
  const { table, filter } = props
  const { t } = useTranslation(['desk', 'project'])
  const options = useOptions(props)
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(noFilter)
  const facets: FacetKey[] = ['unit', 'park', 'category', 'stage', 'light', 'provenance', 'listed']
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in one line with the menus
    <div className="filter-bar" role="group" aria-label={t('desk:filter.label')}>
      {facets.map((facet) => {
        const chosen = filter[facet]
        const values: (string | number)[] = Array.isArray(chosen)
          ? chosen
          : chosen === 'all'
            ? []
            : [chosen]
        return (
          <FilterMenu
            key={facet}
            facet={facet}
            label={t(`desk:filter.${facet}`)}
            options={options[facet]}
            chosen={values}
            single={facet === 'listed'}
            count={() => (table ? facetCounts(table, filter, facet) : new Map())}
            onChoose={(next) => props.onFilter(patchOf(facet, next, filter, props.parks))}
          />
        )
      })}
      <MoneyMenu filter={filter} onFilter={props.onFilter} />
      {isFiltered && (
        <button type="button" className="filter-clear" onClick={props.onClear}>
          {t('desk:filter.clear')}
        </button>
      )}
    </div>
  )
}

/** Parks of other units go with a choice of units: together they would leave nothing. */
function patchOf(
  facet: FacetKey,
  next: (string | number)[],
  filter: ProjectFilter,
  parks: readonly Park[],
): Partial<ProjectFilter> {
  if (facet === 'listed') return { listed: (next[0] ?? 'all') as ProjectFilter['listed'] }
  if (facet !== 'unit' || next.length === 0) return { [facet]: next }
  const inside = (id: number) => next.includes(parks.find((park) => park.id === id)?.unitId ?? -1)
  return { unit: next as number[], park: filter.park.filter(inside) }
}

function useOptions({ table, filter, units, parks }: FilterBarProps): Record<FacetKey, Option[]> {
  const { t } = useTranslation(['desk', 'project'])
  return useMemo(() => {
    const inUnits = (park: Park) => filter.unit.length === 0 || filter.unit.includes(park.unitId)
    const chosenPark = (park: Park) => filter.park.includes(park.id)
    const isNamesake = (park: Park) =>
      parks.some((other) => other !== park && other.name === park.name)
    const shortName = new Map(units.map((unit) => [unit.id, unit.shortName]))
    // Several counties may have a park of one name.
    const parkLabel = (park: Park) =>
      isNamesake(park) ? `${park.name}（${shortName.get(park.unitId) ?? park.code}）` : park.name
    return {
      unit: units
        .filter((unit) => unit.reports)
        .map((unit) => ({ value: unit.id, label: unit.shortName })),
      park: parks
        .filter((park) => inUnits(park) || chosenPark(park))
        .map((park) => ({ value: park.id, label: parkLabel(park) })),
      category: (table?.words.category ?? []).map((value) => ({
        value,
        label: t(`project:category.${value}`),
      })),
      stage: (table?.words.stage ?? []).map((value) => ({
        value,
        label: t(`project:stage.${value}`),
      })),
      light: lightOrder.map((value) => ({
        value,
        label: t(`project:light.${value}`),
        mark: <LightMark light={value} />,
      })),
      provenance: (table?.words.provenance ?? []).map((value) => ({
        value,
        label: t(`project:provenance.${value}`),
      })),
      listed: ['yes', 'no'].map((value) => ({ value, label: t(`desk:listed.${value}`) })),
    }
  }, [table, filter.unit, filter.park, units, parks, t])
}
