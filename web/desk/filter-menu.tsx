import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacetKey } from '../project/facet.ts'
import { Figure } from '../shell/figure.tsx'
import { Popover } from '../ui/popover.tsx'
import type { Option } from './filter-bar.tsx'

interface FilterMenuProps {
  /** What it chooses of the filter. */
  facet: FacetKey
  label: string
  options: readonly Option[]
  chosen: readonly (string | number)[]
  single: boolean
  /** Rows per option; asked only while the menu is open. */
  count: () => Map<string | number, number>
  onChoose: (values: (string | number)[]) => void
}

/** One facet of the filter: options with counts, several at once unless `single`. */
export function FilterMenu(props: FilterMenuProps) {
  const { options, chosen } = props
  const labels = options.filter((option) => chosen.includes(option.value))
  const first = labels[0]?.label ?? String(chosen[0] ?? '')
  const value =
    chosen.length === 0 ? null : chosen.length === 1 ? first : `${first} +${chosen.length - 1}`
  return (
    <Popover label={props.label} value={value}>
      {() => <Options {...props} />}
    </Popover>
  )
}

function Options({ facet, label, options, chosen, single, count, onChoose }: FilterMenuProps) {
  const { t } = useTranslation(['desk'])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the options change with the table, the choice with the filter
  const counts = useMemo(count, [options, chosen])
  const toggle = (value: string | number, on: boolean) =>
    onChoose(single ? (on ? [value] : []) : on ? [...chosen, value] : without(chosen, value))
  return (
    <fieldset className="filter-options">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <div className="filter-option" key={option.value}>
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={(event) => toggle(option.value, event.target.checked)}
            />
            {option.mark}
            <span className="filter-option-label">{option.label}</span>
          </label>
          <Figure
            name="project.facet"
            of={[facet, option.value]}
            value={counts.get(option.value) ?? 0}
            className="filter-option-count"
          />
        </div>
      ))}
      {options.length === 0 && <p className="filter-none">{t('desk:filter.none')}</p>}
      {chosen.length > 0 && (
        <button type="button" className="filter-reset" onClick={() => onChoose([])}>
          {t('desk:filter.all')}
        </button>
      )}
    </fieldset>
  )
}

const without = (values: readonly (string | number)[], value: string | number) =>
  values.filter((one) => one !== value)
