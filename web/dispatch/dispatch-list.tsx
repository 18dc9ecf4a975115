import { useQuery } from '@tanstack/react-query'
import type { Dispatch } from 'api/dispatch/contract'
import { useTranslation } from 'react-i18next'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { type Box, dispatchList } from './queries.ts'
import '../ui/entries.css'
import './dispatch.css'

const boxes: readonly Box[] = ['mine', 'sent', 'all']

interface DispatchListProps {
  box: Box
  /** The shown day, null: now. */
  asOf: string | null
  /** The clock's day. */
  today: string
  onBox: (box: Box) => void
  onOpen: (dispatch: number) => void
}

/** The orders, open ones first by the day that they are due on. */
export function DispatchList({ box, asOf, today, onBox, onOpen }: DispatchListProps) {
  const { t } = useTranslation(['dispatch'])
  const list = useQuery(dispatchList(box, asOf))
  return (
    <>
      <fieldset className="choice">
        <legend className="visually-hidden">{t('dispatch:box.label')}</legend>
        {boxes.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="dispatch-box"
              checked={one === box}
              onChange={() => onBox(one)}
            />
            {t(`dispatch:box.${one}`)}
          </label>
        ))}
      </fieldset>
      {list.data ? (
        <Rows rows={list.data.rows} box={box} today={asOf ?? today} onOpen={onOpen} />
      ) : list.error ? (
        <ScreenError error={list.error} reset={() => void list.refetch()} />
      ) : (
        <ScreenLoading />
      )}
    </>
  )
}

function Rows({
  rows,
  box,
  today,
  onOpen,
}: Omit<DispatchListProps, 'onBox' | 'asOf'> & { rows: Dispatch[] }) {
  const { t } = useTranslation(['dispatch'])
  if (rows.length === 0) {
    return <Empty title={t(`dispatch:empty.${box}`)} hint={t('dispatch:empty.hint')} />
  }
  return (
    <ul className="entries">
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="entry"
            data-record="dispatch"
            onClick={() => onOpen(row.id)}
          >
            <DispatchLine dispatch={row} today={today} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** One order in a line or two: what, by whom, how far. */
export function DispatchLine({ dispatch, today }: { dispatch: Dispatch; today: string }) {
  const { t } = useTranslation(['dispatch'])
  const { number, title, priority, state, tasks, nextDueOn, senderName, sentAt } = dispatch
  const late = nextDueOn !== null && nextDueOn < today
  return (
    <>
      <span className="entry-head">
        <span className="entry-title">{title}</span>
        {priority !== 'ordinary' && (
          <span className={`badge badge-${priority}`}>{t(`dispatch:priority.${priority}`)}</span>
        )}
        <span className={`badge badge-dispatch-${state}`}>{t(`dispatch:state.${state}`)}</span>
      </span>
      <span className="entry-note">
        <span className="figure">{number}</span>
        <span>{t('dispatch:sentBy', { name: senderName, date: sentAt.slice(0, 10) })}</span>
        <span className="figure">
          {t('dispatch:progress', { checked: tasks.checked, total: tasks.total })}
        </span>
        {tasks.unacknowledged > 0 && (
          <span>{t('dispatch:unacknowledged', { count: tasks.unacknowledged })}</span>
        )}
        {tasks.answered > 0 && <span>{t('dispatch:toCheck', { count: tasks.answered })}</span>}
        {nextDueOn !== null && (
          <span className={late ? 'due due-late' : 'due'}>
            <span className="figure">{t('dispatch:due.on', { date: nextDueOn })}</span>
            {late && <strong> {t('dispatch:due.lateTasks', { count: tasks.overdue })}</strong>}
          </span>
        )}
      </span>
    </>
  )
}
