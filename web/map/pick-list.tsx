import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { lightOrder } from '../light/light.ts'
import { LightMark } from '../light/light-mark.tsx'
import { lightOf, type ProjectTable, qualityOf } from '../project/table.ts'
import { yi } from '../ui/number.ts'
import type { ScreenPoint } from './events.ts'
import { isVerified } from './scale.ts'

/** Several projects stand under one pointer: the reader says which. Worst light first. */
export function PickList(props: {
  table: ProjectTable
  ids: readonly number[]
  point: ScreenPoint
  area: { width: number; height: number }
  onPick: (id: number) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['map', 'shell'])
  const { table, area, point } = props
  const list = useRef<HTMLElement>(null)
  useEffect(() => list.current?.querySelector('button')?.focus(), [])
  const rows = props.ids
    .flatMap((id) => table.rowOf.get(id) ?? [])
    .sort((a, b) => lightOrder.indexOf(lightOf(table, a)) - lightOrder.indexOf(lightOf(table, b)))
  const width = Math.min(320, area.width - 16)
  const left = Math.max(8, Math.min(point.x + 12, area.width - width - 8))
  const top = Math.max(
    8,
    Math.min(point.y - 24, area.height - Math.min(360, 56 + rows.length * 44)),
  )
  return (
    <section
      ref={list}
      className="map-pick"
      data-record="project"
      style={{ left, top, width, maxHeight: Math.min(360, area.height - top - 8) }}
      aria-label={t('map:pick.title', { count: rows.length })}
      onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
    >
      <header>
        <span>{t('map:pick.title', { count: rows.length })}</span>
        <button type="button" onClick={props.onClose} aria-label={t('map:pick.close')}>
          ×
        </button>
      </header>
      <ul>
        {rows.map((row) => (
          <li key={table.id[row]}>
            <button type="button" onClick={() => props.onPick(table.id[row] ?? 0)}>
              <LightMark light={lightOf(table, row)} hollow={!isVerified(qualityOf(table, row))} />
              <span>{table.name[row]}</span>
              <span className="figure">
                {yi(table.totalWan[row])} {t('shell:unit.yi')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
