import { useQuery } from '@tanstack/react-query'
import type { InboxItem } from 'api/inbox/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { PageLink } from '../shell/page-link.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { count } from '../ui/number.ts'
import { inboxQuery } from './queries.ts'
import '../ui/entries.css'
import './inbox.css'

/** What waits for the reader, the oldest promise first, each with the way to where it is done. */
export function InboxList() {
  const { t } = useTranslation(['inbox'])
  const inbox = useQuery(inboxQuery)
  if (inbox.error) return <ScreenError error={inbox.error} reset={() => void inbox.refetch()} />
  if (!inbox.data) return <ScreenLoading />
  const { total, overdue, rows } = inbox.data
  if (rows.length === 0) return <Empty title={t('inbox:empty')} hint={t('inbox:emptyHint')} />
  return (
    <>
      <p className="inbox-sum" role="status">
        <Figure name="inbox.total" value={total}>
          {t('inbox:sum', { count: total, total: count(total) })}
        </Figure>
        <Figure name="inbox.overdue" value={overdue}>
          {t('inbox:sumLate', { count: overdue, late: count(overdue) })}
        </Figure>
      </p>
      <ul className="entries">
        {rows.map((item) => (
          <li key={item.key}>
            <Item item={item} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Item({ item }: { item: InboxItem }) {
  const { t } = useTranslation(['inbox'])
  const { kind, title, project, dueOn, overdueDays } = item
  return (
    <PageLink to={item.link} className="entry" record="inbox">
      <span className="entry-head">
        <span className="entry-title">{project?.name ?? title}</span>
        <span className="inbox-action">{t(`inbox:kind.${kind}`)}</span>
      </span>
      <span className="entry-note">
        {project && <span>{title}</span>}
        {item.count > 1 && <span>{t('inbox:many', { count: item.count })}</span>}
        <span className={overdueDays > 0 ? 'due due-late' : 'due'}>
          <span className="figure">
            {dueOn === null
              ? t('inbox:since', { date: item.since.slice(0, 10) })
              : t('inbox:due', { date: dueOn })}
          </span>
          {overdueDays > 0 && <strong> {t('inbox:late', { count: overdueDays })}</strong>}
        </span>
      </span>
    </PageLink>
  )
}
