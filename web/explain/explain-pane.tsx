import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { parkList } from '../park/queries.ts'
import { filterRows } from '../project/filter.ts'
import { mapSnapshot } from '../project/queries.ts'
import { buildTable, noTable, showing } from '../project/table.ts'
import { useMay } from '../session/me.ts'
import type { Asked } from '../shell/explanation.ts'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { type DeskSearch, readDesk } from '../shell/url-state.ts'
import { Dialog } from '../ui/dialog.tsx'
import { unitList } from '../unit/queries.ts'
import { AccountView } from './account-view.tsx'
import { findExplanation } from './registry.ts'
import './explain.css'

/**
 * What a figure is made of, over any screen. All it needs stands in the URL: the figure, the filter
 * and the day, so that the link shows a colleague the same rows, as far as his scope goes.
 */
export default function ExplainPane({ of }: { of: string }) {
  const { t } = useTranslation(['explain', 'shell'])
  const navigate = useNavigate()
  const close = () =>
    void navigate({
      to: '.',
      search: (({ explain: _, ...now }: { explain?: string }) => now) as never,
    })
  return (
    <Dialog title={t('explain:pane')} closeWord={t('explain:close')} onClose={close}>
      <Explained key={of} of={of} />
    </Dialog>
  )
}

function Explained({ of }: { of: string }) {
  const { t } = useTranslation(['explain'])
  const asked = useAsked()
  const found = findExplanation(of)
  const { asOf, table, rows, project } = asked.value ?? {}
  const account = useQuery({
    queryKey: [
      'explain',
      of,
      asOf ?? 'now',
      table?.version ?? '',
      project ?? 0,
      rows?.join() ?? '',
    ],
    queryFn: async () => (asked.value && found ? found.explain(asked.value, found.of) : null),
    enabled: found !== null && asked.value !== null,
    staleTime: 30_000,
    gcTime: 0,
  })
  if (!found) return <Empty title={t('explain:unknown')} hint={t('explain:unknownHint')} />
  const error = asked.error ?? account.error
  if (error) return <ScreenError error={error} reset={() => void account.refetch()} />
  if (!account.data) return <ScreenLoading />
  return <AccountView of={of} name={found.name} account={account.data} />
}

/** The state of the URL with the data that the page already holds for it. */
function useAsked(): { value: Asked | null; error: unknown } {
  const { t } = useTranslation(['project', 'explain'])
  const client = useQueryClient()
  const search = useSearch({ strict: false }) as DeskSearch
  const { asOf, filter, project } = useMemo(() => readDesk(search), [search])
  const may = useMay()
  const snapshot = useQuery({ ...mapSnapshot(asOf), select: buildTable, enabled: may('read') })
  const today = useQuery(cityQuery).data?.clock.date
  // Who sees no projects, as an administrator, has figures of other nouns.
  const without = useMemo(() => (today && !may('read') ? noTable(today) : undefined), [today, may])
  const units = useQuery(unitList)
  const parks = useQuery(parkList)
  const table = useMemo(
    () => (snapshot.data ? showing(snapshot.data, filter) : without),
    [snapshot.data, filter, without],
  )
  const rows = useMemo(() => (table ? filterRows(table, filter) : null), [table, filter])
  const value = useMemo((): Asked | null => {
    if (!table || !rows || !units.data || !parks.data) return null
    const places = {
      unit: new Map(units.data.rows.map((unit) => [unit.id, unit.shortName])),
      park: new Map(parks.data.rows.map((park) => [park.id, park.name])),
    }
    return { client, asOf, table, rows, filter, project, places, t }
  }, [client, asOf, table, rows, filter, project, units.data, parks.data, t])
  return { value, error: value ? null : (snapshot.error ?? units.error ?? parks.error) }
}
