import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cityQuery } from '../city/queries.ts'
import { parkList } from '../park/queries.ts'
import { mapSnapshot } from '../project/queries.ts'
import { useMay } from '../session/me.ts'
import { ClockStrip } from '../shell/clock-strip.tsx'
import { installWorker } from '../shell/install.ts'
import { useLastKnown } from '../shell/last-known.ts'
import { ScreenLoading } from '../shell/screen-state.tsx'
import { unitList } from '../unit/queries.ts'
import { FieldList } from './field-list.tsx'
import { usePlace } from './place.ts'
import './field.css'

const loadCard = () => import('./project-card.tsx')
const ProjectCard = lazy(async () => ({ default: (await loadCard()).ProjectCard }))
const WithoutRead = lazy(() => import('../session/without-read.tsx'))

const kept = [mapSnapshot(null).queryKey, cityQuery.queryKey, unitList.queryKey, parkList.queryKey]

/** The page for one hand, for whoever may see projects. */
export function Field() {
  const may = useMay()
  return may('read') ? <FieldScreen /> : <WithoutRead />
}

/** The page for one hand at the site: what is near, and a card of each project. */
function FieldScreen() {
  const { t } = useTranslation(['field', 'project', 'shell'])
  const search = useSearch({ from: '/field' })
  const navigate = useNavigate({ from: '/field' })
  const place = usePlace()
  const ready = useLastKnown(kept)
  useEffect(() => installWorker('field'), [])
  // Right behind the list, so that a card opens where there is no network any more.
  useEffect(() => void loadCard().catch(() => {}), [])
  const selected = useMemo(() => {
    const id = Number(search.project)
    return Number.isInteger(id) && id > 0 ? id : null
  }, [search.project])
  const open = (id: number) => navigate({ search: { project: String(id) } })
  return (
    <div className="field" data-theme="day">
      <link rel="manifest" href="/field.webmanifest" />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      <title>{t('field:title')}</title>
      <ClockStrip />
      {ready ? (
        <main className="field-main">
          <FieldList place={place} isCovered={selected !== null} onOpen={open} />
          {selected !== null && (
            <Suspense fallback={<ScreenLoading />}>
              <ProjectCard
                key={selected}
                id={selected}
                from={place.position}
                onBack={() => goBack(() => void navigate({ search: {}, replace: true }))}
              />
            </Suspense>
          )}
        </main>
      ) : (
        <ScreenLoading />
      )}
    </div>
  )
}

/** Back to the list: the browser's own step when the list was there before, else in its place. */
function goBack(replace: () => void): void {
  const state = history.state as { __TSR_index?: number } | null
  if ((state?.__TSR_index ?? 0) > 0) history.back()
  else replace()
}
