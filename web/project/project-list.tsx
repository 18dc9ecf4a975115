import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { SortKey } from '../shell/url-state.ts'
import { firstDescending } from './project-order.ts'
import { type PlaceNames, ProjectRow } from './project-row.tsx'
import type { ProjectTable } from './table.ts'
import { useList } from './use-list.ts'
import './project-list.css'

const heads: readonly SortKey[] = ['light', 'name', 'total', 'annual', 'done', 'lag', 'reported']

export interface ProjectListProps {
  table: ProjectTable
  /** Filtered and ordered rows of the table. */
  rows: Uint32Array
  sort: SortKey
  descending: boolean
  selected: number | null
  places: PlaceNames
  onSort: (key: SortKey, descending: boolean) => void
  onSelect: (id: number) => void
}

/**
 * The projects as a grid of which only the visible rows exist. One element has the focus; the
 * arrow keys move the active row, Enter opens it.
 */
export function ProjectList(props: ProjectListProps) {
  const { table, rows, selected, onSelect } = props
  const { t } = useTranslation(['desk'])
  const id = useId()
  const { scroller, items, height, at, open, onKey } = useList({ table, rows, selected, onSelect })
  return (
    <div className="project-list">
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual and scroll by itself */}
      <div
        className="project-list-grid"
        role="grid"
        aria-label={t('desk:list.label')}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={rows.length > 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKey}
        ref={scroller}
        data-list="projects"
      >
        <Heads sort={props.sort} descending={props.descending} onSort={props.onSort} />
        {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
        <div role="rowgroup" className="project-list-body" style={{ height }}>
          {items.map(({ place, row, top }) => (
            <ProjectRow
              key={table.id[row] ?? place}
              id={`${id}-${place}`}
              table={table}
              row={row}
              place={place}
              top={top}
              active={place === at}
              selected={table.id[row] === selected}
              places={props.places}
              onOpen={open}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

function Heads(props: Pick<ProjectListProps, 'sort' | 'descending' | 'onSort'>) {
  const { t } = useTranslation(['desk'])
  const order = (key: SortKey) =>
    key !== props.sort ? 'none' : props.descending ? 'descending' : 'ascending'
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for its rows
    <div role="row" aria-rowindex={1} className="project-list-row project-list-heads">
      {heads.map((key) => (
        // biome-ignore lint/a11y/useSemanticElements: part of the grid above
        // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
        <div
          role="columnheader"
          aria-sort={order(key)}
          className={`project-list-cell project-list-${key}`}
          key={key}
        >
          <button
            type="button"
            className="project-list-head"
            // Keys that mean a row to the grid mean the button here.
            onKeyDown={(event) => {
              if (/^(Enter| |Arrow.*)$/.test(event.key)) event.stopPropagation()
            }}
            onClick={() =>
              props.onSort(key, key === props.sort ? !props.descending : firstDescending[key])
            }
          >
            <span className={key === 'light' ? 'visually-hidden' : ''}>
              {t(`desk:column.${key}`)}
            </span>
            {key === 'light' && <span aria-hidden="true">◆</span>}
            <span className="project-list-arrow" aria-hidden="true">
              {key === props.sort ? (props.descending ? '↓' : '↑') : ''}
            </span>
          </button>
        </div>
      ))}
    </div>
  )
}
