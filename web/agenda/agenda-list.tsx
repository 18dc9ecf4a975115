import { useQuery } from '@tanstack/react-query'
import type { AgendaItem } from 'api/agenda/contract'
import { useTranslation } from 'react-i18next'
import { Figure } from '../shell/figure.tsx'
import { PageLink } from '../shell/page-link.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { ActButton } from './act-button.tsx'
import { agendaQuery } from './queries.ts'
import './agenda.css'

/** 今日必办: at most ten decisions that need the reader, the weightiest first, each with what settles it. */
export function AgendaList() {
  const { t } = useTranslation(['agenda', 'inbox', 'project', 'shell'])
  const agenda = useQuery(agendaQuery)
  if (agenda.error) return <ScreenError error={agenda.error} reset={() => void agenda.refetch()} />
  if (!agenda.data) return <ScreenLoading />
  const { rows, rest } = agenda.data
  if (rows.length === 0) return <Empty title={t('agenda:empty')} hint={t('agenda:emptyHint')} />
  return (
    <>
      <p className="agenda-sum" role="status">
        <Figure name="agenda.count" value={rows.length}>
          {t('agenda:sum', { count: rows.length })}
        </Figure>
        {rest.length > 0 && (
          <>
            {t('agenda:comma')}
            <Figure name="agenda.considered" value={rows.length + rest.length}>
              {t('agenda:of', { count: rows.length + rest.length })}
            </Figure>
          </>
        )}
      </p>
      <ol className="agenda">
        {rows.map((item) => (
          <li key={item.key}>
            <Item item={item} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Item({ item }: { item: AgendaItem }) {
  const { t } = useTranslation(['agenda', 'shell'])
  const { key, project, link, moneyWan, days, dependants } = item
  const why = useWhy(item)
  return (
    <article className="agenda-item" data-record="agenda">
      <PageLink to={link} className="agenda-title">
        {project?.name ?? why}
      </PageLink>
      {project && <p className="agenda-why">{why}</p>}
      <p className="agenda-weight">
        <span>
          {t('agenda:money')} <Figure name="agenda.money" of={[key]} value={moneyWan} form="wan" />{' '}
          {t('shell:unit.wan')}
        </span>
        <span>
          {t('agenda:days')} <Figure name="agenda.days" of={[key]} value={days} form="days" />{' '}
          {t('agenda:day')}
        </span>
        <span>
          {t('agenda:dependants')} <Figure name="agenda.dependants" of={[key]} value={dependants} />
        </span>
      </p>
      <ActButton item={item} />
    </article>
  )
}

/** Why it is there, in a sentence. */
function useWhy({ kind, title }: AgendaItem): string {
  const { t } = useTranslation(['agenda', 'inbox', 'project'])
  if (kind === 'order_project') {
    return t('agenda:why.order_project', { title: t(`project:light.${title}`) })
  }
  if (isProposed(kind)) return t(`agenda:why.${kind}`, { title })
  return t('agenda:waiting', { what: t(`inbox:kind.${kind}`), title })
}

const proposed = [
  'start_overdue',
  'step_overdue',
  'order_overdue',
  'report_missing',
  'issue_escalated',
] as const
const isProposed = (kind: string): kind is (typeof proposed)[number] =>
  proposed.some((one) => one === kind)
