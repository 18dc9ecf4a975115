import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { isVerified } from '../map/scale.ts'
import { lightOf, type ProjectTable, qualityOf, stageOf } from '../project/table.ts'
import { distanceText, type NearRow } from './nearest.ts'

/** One project of the list: light by shape and word, name, unit, stage and distance. */
export function ProjectRow(props: {
  table: ProjectTable
  near: NearRow
  unit: string
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation(['field', 'project'])
  const { table, near } = props
  const id = table.id[near.row] ?? 0
  const light = lightOf(table, near.row)
  const verified = isVerified(qualityOf(table, near.row))
  return (
    <li>
      <button
        type="button"
        className="field-row"
        data-record="project"
        data-row={id}
        onClick={() => props.onOpen(id)}
      >
        <LightMark light={light} hollow={!verified} size={20} />
        <span className="field-row-name">{table.name[near.row]}</span>
        <span className="field-row-distance figure">
          {Number.isNaN(near.distanceM)
            ? ''
            : verified
              ? distanceText(near.distanceM)
              : t('field:list.about', { distance: distanceText(near.distanceM) })}
        </span>
        <span className="field-row-more">
          {props.unit} · {t(`project:stage.${stageOf(table, near.row)}`)} ·{' '}
          {t(`project:light.${light}`)}
        </span>
      </button>
    </li>
  )
}
