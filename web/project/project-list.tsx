import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SortKey } from '../shell/url-state.ts'
import { firstDescending } from './project-order.ts'
import { type PlaceNames, ProjectRow } from './project-row.tsx'
import type { ProjectTable } from './table.ts'
import './project-list.css'

const rowHeight = 56
const headHeight = 32
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
  const { table, rows, selected } = props
  const { t } = useTranslation(['desk'])
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  const at = Math.min(active, Math.max(0, rows.length - 1))

  useEffect(() => {
    const row = selected === null ? undefined : table.rowOf.get(selected)
    const place = row === undefined ? -1 : rows.indexOf(row)
    if (place < 0) return
    setActive(place)
    virtual.scrollToIndex(place, { align: 'auto' })
  }, [selected, table, rows, virtual])

  const move = (place: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, place))
    setActive(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }
  const open = (place: number) => {
    const project = table.id[rows[place] ?? -1]
    if (project !== undefined) props.onSelect(project)
  }
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const place = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }
    const target = { ...place, Home: 0, End: rows.length - 1 }[event.key]
    if (target !== undefined) move(target)
    else if (event.key === 'Enter' || event.key === ' ') open(at)
    else return
    event.preventDefault()
  }

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
        <div
          role="rowgroup"
          className="project-list-body"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index] ?? 0
            return (
              <ProjectRow
                key={table.id[row] ?? item.index}
                id={`${id}-${item.index}`}
                table={table}
                row={row}
                place={item.index}
                top={item.start - headHeight}
                active={item.index === at}
                selected={table.id[row] === selected}
                places={props.places}
                onOpen={() => {
                  setActive(item.index)
                  open(item.index)
                }}
              />
            )
          })}
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
            onKeyDown={(event) => event.stopPropagation()}
            onClick={() =>
              props.onSort(key, key === props.sort ? !props.descending : firstDescending[key])
            }
          >
            {t(`desk:column.${key}`)}
            <span className="project-list-arrow" aria-hidden="true">
              {key === props.sort ? (props.descending ? '↓' : '↑') : ''}
            </span>
          </button>
        </div>
      ))}
    </div>
  )
}
