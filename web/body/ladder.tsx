import { useQuery } from '@tanstack/react-query'
import type { Body, BodyItem } from 'api/body/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { PageLink } from '../shell/page-link.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { bodyItems, bodyList } from './queries.ts'
import '../ui/entries.css'
import './ladder.css'

interface LadderProps {
  /** The body whose matters are shown; null: none. */
  chosen: number | null
  onChoose: (body: number | null) => void
}

/** The coordination ladder from the top down, each body with its rights and what stands before it. */
export function Ladder({ chosen, onChoose }: LadderProps) {
  const { t } = useTranslation(['dispatch'])
  const list = useQuery(bodyList)
  if (list.error) return <ScreenError error={list.error} reset={() => void list.refetch()} />
  if (!list.data) return <ScreenLoading />
  const { rows } = list.data
  if (rows.length === 0) {
    return <Empty title={t('dispatch:ladder.empty')} hint={t('dispatch:ladder.emptyHint')} />
  }
  const tops = rows.filter(({ parentId }) => parentId === null)
  return <Rungs bodies={tops} all={rows} chosen={chosen} onChoose={onChoose} />
}

function Rungs({ bodies, all, ...rest }: LadderProps & { bodies: Body[]; all: Body[] }) {
  return (
    <ul className="rungs">
      {bodies.map((body) => {
        const below = all.filter(({ parentId }) => parentId === body.id)
        return (
          <li key={body.id}>
            <Rung body={body} {...rest} />
            {below.length > 0 && <Rungs bodies={below} all={all} {...rest} />}
          </li>
        )
      })}
    </ul>
  )
}

const rights = ['mayClose', 'mayExtend', 'mayEscalate'] as const

function Rung({ body, chosen, onChoose }: LadderProps & { body: Body }) {
  const { t } = useTranslation(['dispatch'])
  const isOpen = chosen === body.id
  const held = rights.filter((right) => body[right]).map((right) => t(`dispatch:right.${right}`))
  const sitting = [body.chairName, ...body.members.map(({ name }) => name)].filter(Boolean)
  return (
    <div className="rung">
      <button
        type="button"
        className="rung-head"
        aria-expanded={isOpen}
        onClick={() => onChoose(isOpen ? null : body.id)}
      >
        <strong>{body.name}</strong>
      </button>
      <p className="rung-counts">
        <Figure name="body.open" of={[body.id]} value={body.open}>
          {t('dispatch:ladder.open', { count: body.open })}
        </Figure>
        {body.overdue > 0 && (
          <Figure name="body.overdue" of={[body.id]} value={body.overdue} className="due-late">
            {t('dispatch:ladder.overdue', { count: body.overdue })}
          </Figure>
        )}
      </p>
      <p className="rung-note" data-record="body">
        {sitting.length > 0 && <span>{sitting.join('、')}</span>}
        {body.cadence && <span>{body.cadence}</span>}
        {held.length > 0 && <span>{held.join(' · ')}</span>}
        {body.parentId !== null && (
          <span>{t('dispatch:ladder.after', { count: body.escalateAfterWd })}</span>
        )}
      </p>
      {isOpen && <Items body={body.id} />}
    </div>
  )
}

function Items({ body }: { body: number }) {
  const { t } = useTranslation(['dispatch'])
  const items = useQuery(bodyItems(body))
  if (items.error) return <ScreenError error={items.error} reset={() => void items.refetch()} />
  if (!items.data) return <ScreenLoading />
  if (items.data.rows.length === 0) return <p className="rung-note">{t('dispatch:ladder.none')}</p>
  return (
    <ul className="entries">
      {items.data.rows.map((item) => (
        <li key={`${item.noun}-${item.rowId}`}>
          <Item item={item} />
        </li>
      ))}
    </ul>
  )
}

function Item({ item }: { item: BodyItem }) {
  const { t } = useTranslation(['dispatch'])
  const { noun, rowId, dispatchId, overdueDays, dueOn, nextOn, before } = item
  const to =
    noun === 'issue' ? `?open=issue&issue=${rowId}` : `?open=dispatch&dispatch=${dispatchId}`
  return (
    <PageLink to={`/desk${to}`} className="entry" record={noun === 'issue' ? 'issue' : 'dispatch'}>
      <span className="entry-head">
        <span className="entry-title">{item.title}</span>
        <span className="badge">{t(`dispatch:noun.${noun}`)}</span>
      </span>
      <span className="entry-note">
        {item.number && <span className="figure">{item.number}</span>}
        {item.owner && <span>{item.owner}</span>}
        {dueOn !== null && (
          <span className={overdueDays > 0 ? 'due due-late' : 'due'}>
            <span className="figure">{t('dispatch:due.on', { date: dueOn })}</span>
            {overdueDays > 0 && <strong> {t('dispatch:due.late', { count: overdueDays })}</strong>}
          </span>
        )}
        {nextOn !== null && <span>{t('dispatch:ladder.next', { date: nextOn })}</span>}
        {before.length > 0 && (
          <span>{t('dispatch:ladder.before', { names: before.join(' → ') })}</span>
        )}
      </span>
    </PageLink>
  )
}
