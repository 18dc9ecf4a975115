import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { AuditEntry } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { AuditDetail } from './audit-detail.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { AuditList } from './audit-list.tsx'
import type { AuditSearch } from './audit-search.ts'
import { AuditStrip } from './audit-strip.tsx'
import { auditEntry, auditFile, auditList } from './queries.ts'
import './audit.css'

/** What was done in the city's map, by whom, when, from where and why; and whether the record is whole. */
export function AuditScreen() {
  const { t } = useTranslation(['audit', 'shell'])
  const search: AuditSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = (change: AuditSearch) =>
    void navigate({ to: '/desk/audit', search: { ...search, ...change }, replace: true })
  return (
    <div className="audit">
      <ClockStrip />
      <header className="audit-head">
        <h1>{t('audit:title')}</h1>
        <Link to="/desk" className="button button-quiet">
          {t('audit:toDesk')}
        </Link>
        <a className="button" href={auditFile(search)} download>
          {t('audit:download')}
        </a>
      </header>
      <AuditStrip />
      <AuditFilter search={search} onChange={set} />
      <main className="audit-main" data-open={search.entry !== undefined}>
        <Entries search={search} onOpen={(entry) => set({ entry: String(entry) })} />
        {search.entry !== undefined && (
          <Opened n={search.entry} onFilter={set} onClose={() => set({ entry: '' })} />
        )}
      </main>
    </div>
  )
}

function Entries({ search, onOpen }: { search: AuditSearch; onOpen: (n: number) => void }) {
  const { t } = useTranslation(['audit'])
  const list = useInfiniteQuery(auditList(search))
  if (list.error) return <ScreenError error={list.error} reset={() => void list.refetch()} />
  if (!list.data) return <ScreenLoading />
  const rows: AuditEntry[] = list.data.pages.flatMap((page) => page.rows)
  if (rows.length === 0) return <Empty title={t('audit:none')} hint={t('audit:noneHint')} />
  return (
    <div className="audit-list">
      <AuditList rows={rows} open={search.entry} onOpen={onOpen} />
      {list.hasNextPage && (
        <button
          type="button"
          className="button audit-more"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('audit:more')}
        </button>
      )}
    </div>
  )
}

function Opened(props: {
  n: string
  onFilter: (change: AuditSearch) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['audit'])
  const entry = useQuery(auditEntry(props.n))
  if (entry.error) return <ScreenError error={entry.error} reset={() => void entry.refetch()} />
  if (entry.data === undefined) return <ScreenLoading />
  if (entry.data === null) return <Empty title={t('audit:noEntry', { n: props.n })} />
  return <AuditDetail entry={entry.data} onFilter={props.onFilter} onClose={props.onClose} />
}
