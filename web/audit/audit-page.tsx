import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AuditEntry } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { AuditDetail } from './audit-detail.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { AuditList } from './audit-list.tsx'
import { type AuditSearch, auditSearch } from './audit-search.ts'
import { AuditStrip } from './audit-strip.tsx'
import { auditEntry, auditFile, auditList } from './queries.ts'
import './audit.css'

const route = getRouteApi('/desk/audit')

/** What was done, by whom, when, from where and why; and whether the record is whole. */
export default function AuditPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: AuditSearch) =>
    void navigate({ search: (now) => auditSearch({ ...now, ...change }), replace: true })
  return (
    <div className="audit">
      <AuditStrip file={auditFile(search)} />
      <AuditFilter search={search} onChange={set} />
      <div className="audit-main" data-open={search.entry !== undefined}>
        <Entries search={search} onOpen={(entry) => set({ entry: String(entry) })} />
        {search.entry !== undefined && (
          <Opened n={search.entry} onFilter={set} onClose={() => set({ entry: '' })} />
        )}
      </div>
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
