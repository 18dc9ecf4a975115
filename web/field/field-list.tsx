import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, type ProjectTable } from '../project/table.ts'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { count } from '../ui/number.ts'
import { unitList } from '../unit/queries.ts'
import { type NearRow, nearest } from './nearest.ts'
import type { Place } from './place.ts'
import { ProjectRow } from './project-row.tsx'

const PersonMenu = lazy(() => import('../session/person-menu.tsx'))

const pageRows = 40

/** Search, unit and the projects, nearest first when the place is known. */
export function FieldList(props: {
  place: Place
  /** A card lies above: the list keeps its place but is out of reach. */
  isCovered: boolean
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation(['field', 'shell'])
  const snapshot = useQuery(mapSnapshot(null))
  const table = useMemo(() => (snapshot.data ? buildTable(snapshot.data) : null), [snapshot.data])
  const notice = useQuery(cityQuery).data?.notice
  const [text, setText] = useState('')
  const [unit, setUnit] = useState<number | null>(null)
  const query = useDeferredValue(text)
  const rows = useMemo(
    () => (table ? nearest(table, { text: query, unit, from: props.place.position }) : []),
    [table, query, unit, props.place.position],
  )
  const { list, open } = useReturn(props.isCovered, props.onOpen)
  return (
    <section
      ref={list}
      className="field-list"
      inert={props.isCovered}
      aria-label={t('field:list.title')}
    >
      <header className="field-head">
        <div>
          <h1>{t('field:list.title')}</h1>
          {table && <p className="field-quiet figure">{t('shell:asOf', { date: table.date })}</p>}
        </div>
        <Suspense fallback={<span className="field-person-wait" />}>
          <PersonMenu />
        </Suspense>
      </header>
      <div className="field-search">
        <input
          type="search"
          value={text}
          placeholder={t('field:search.hint')}
          aria-label={t('field:search.label')}
          enterKeyHint="search"
          onChange={(event) => setText(event.target.value)}
        />
        <UnitChoice value={unit} onChange={setUnit} />
      </div>
      <PlaceBar place={props.place} />
      {!table &&
        (snapshot.error ? (
          <ScreenError error={snapshot.error} reset={() => void snapshot.refetch()} />
        ) : (
          <ScreenLoading />
        ))}
      {table && (
        <Rows
          key={`${query}|${unit}`}
          table={table}
          rows={rows}
          unit={unit}
          text={query}
          onOpen={open}
          onClear={() => {
            setText('')
            setUnit(null)
          }}
        />
      )}
      {notice && (
        <p className="field-notice" data-record="city">
          {notice}
        </p>
      )}
    </section>
  )
}

/** Whoever comes back from a card goes on at the row that opened it. */
function useReturn(isCovered: boolean, onOpen: (id: number) => void) {
  const list = useRef<HTMLElement>(null)
  const opened = useRef<number | null>(null)
  useEffect(() => {
    if (isCovered || opened.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-row="${opened.current}"]`)?.focus()
    opened.current = null
  }, [isCovered])
  const open = (id: number) => {
    opened.current = id
    onOpen(id)
  }
  return { list, open }
}

function UnitChoice(props: { value: number | null; onChange: (unit: number | null) => void }) {
  const { t } = useTranslation(['field'])
  const units = useQuery(unitList).data?.rows.filter((unit) => unit.reports) ?? []
  return (
    <select
      value={props.value ?? ''}
      aria-label={t('field:search.unit')}
      onChange={(event) => props.onChange(Number(event.target.value) || null)}
    >
      <option value="">{t('field:search.allUnits')}</option>
      {units.map((unit) => (
        <option key={unit.id} value={unit.id}>
          {unit.name}
        </option>
      ))}
    </select>
  )
}

/** Says how the list is ordered and, before asking for the position, what it is for. */
function PlaceBar({ place }: { place: Place }) {
  const { t } = useTranslation(['field'])
  if (place.status === 'known') {
    return (
      <p className="field-place">
        {t('field:place.known', { accuracy: Math.round(place.accuracyM ?? 0) })}
      </p>
    )
  }
  const canAsk = place.status === 'unasked' || place.status === 'failed'
  return (
    <div className="field-place">
      <p>{t(`field:place.${place.status}`)}</p>
      {canAsk && (
        <button type="button" className="field-button" onClick={place.ask}>
          {t('field:place.ask')}
        </button>
      )}
    </div>
  )
}

function Rows(props: {
  table: ProjectTable
  rows: NearRow[]
  unit: number | null
  text: string
  onOpen: (id: number) => void
  onClear: () => void
}) {
  const { t } = useTranslation(['field'])
  const [shown, setShown] = useState(pageRows)
  const { table, rows } = props
  const units = useQuery(unitList).data?.rows
  const names = useMemo(() => new Map(units?.map((unit) => [unit.id, unit.shortName])), [units])
  if (table.count === 0) {
    return (
      <div className="field-empty">
        <Empty title={t('field:list.empty')} hint={t('field:list.emptyHint')} />
      </div>
    )
  }
  if (rows.length === 0) {
    return (
      <div className="field-empty">
        <Empty title={t('field:list.none')} hint={t('field:list.noneHint')} />
        <button type="button" className="field-button" onClick={props.onClear}>
          {t('field:list.clear')}
        </button>
      </div>
    )
  }
  return (
    <>
      <p className="field-count">
        <Figure name="project.near" of={[props.unit ?? '', props.text]} value={rows.length}>
          {t('field:list.count', { count: count(rows.length) })}
        </Figure>
      </p>
      <ol className="field-rows">
        {rows.slice(0, shown).map((near) => (
          <ProjectRow
            key={table.id[near.row]}
            table={table}
            near={near}
            unit={names.get(table.unit[near.row] ?? -1) ?? ''}
            onOpen={props.onOpen}
          />
        ))}
      </ol>
      {shown < rows.length && (
        <button
          type="button"
          className="field-button field-more"
          data-unfolds
          onClick={() => setShown(shown + pageRows)}
        >
          {t('field:list.more', { count: Math.min(pageRows, rows.length - shown) })}
        </button>
      )}
    </>
  )
}
