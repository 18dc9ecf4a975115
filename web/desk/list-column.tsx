import { useTranslation } from 'react-i18next'
import { ProjectList } from '../project/project-list.tsx'
import { firstDescending } from '../project/project-order.ts'
import { useMay } from '../session/me.ts'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { sortKeys } from '../shell/url-state.ts'
import { count } from '../ui/number.ts'
import type { DeskData } from './desk-data.ts'
import type { Desk } from './desk-state.ts'

interface ListColumnProps {
  desk: Desk
  data: DeskData
}

/** The list with its own states: on its way, failed, nothing matches. */
export function ListColumn({ desk, data }: ListColumnProps) {
  const { t } = useTranslation(['desk'])
  const { table, ordered } = data
  if (data.error) return <ScreenError error={data.error} reset={data.retry} />
  if (!table) return <ScreenLoading />
  if (table.count === 0) {
    return <Empty title={t('desk:empty.city')} hint={t('desk:empty.cityHint')} />
  }
  if (ordered.length === 0) {
    return (
      <Empty title={t('desk:empty.filter')} hint={t('desk:empty.filterHint')}>
        <button type="button" className="button" onClick={desk.clear}>
          {t('desk:filter.clear')}
        </button>
      </Empty>
    )
  }
  return (
    <>
      <div className="list-tools">
        <span role="status">
          <Figure name="project.found" value={ordered.length}>
            {t('desk:list.count', { count: ordered.length, shown: count(ordered.length) })}
          </Figure>
        </span>
        <OrderButton desk={desk} found={ordered.length} />
        <label className="list-sort">
          {t('desk:list.sort')}
          <select
            value={desk.state.sort}
            onChange={(event) => {
              const key = sortKeys.find((known) => known === event.target.value) ?? 'light'
              desk.sort(key, firstDescending[key])
            }}
          >
            {sortKeys.map((key) => (
              <option key={key} value={key}>
                {t(`desk:sort.${key}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProjectList
        table={table}
        rows={ordered}
        sort={desk.state.sort}
        descending={desk.state.descending}
        selected={desk.state.project}
        places={data.places}
        onSort={desk.sort}
        onSelect={desk.select}
      />
    </>
  )
}

const mostProjects = 1000

/** One press from the filtered list to an order about it. */
function OrderButton({ desk, found }: { desk: Desk; found: number }) {
  const { t } = useTranslation(['dispatch', 'panel'])
  const may = useMay()
  if (!may('dispatch:send')) return null
  const isPast = desk.state.asOf !== null
  const refused = isPast
    ? t('panel:pastDay')
    : found > mostProjects
      ? t('dispatch:send.tooMany')
      : null
  return (
    <button
      type="button"
      className="button button-small"
      disabled={refused !== null}
      title={refused ?? t('dispatch:send.openOf', { count: found })}
      onClick={() => desk.sendOrder('filter')}
    >
      {t('dispatch:send.open')}
    </button>
  )
}
