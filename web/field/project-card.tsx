import { useQuery } from '@tanstack/react-query'
import type { ProjectDetail } from 'api/project/contract'
import type { Position } from 'geo/position'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { isVerified } from '../map/scale.ts'
import { parkList } from '../park/queries.ts'
import { projectDetail } from '../project/queries.ts'
import { useMay } from '../session/me.ts'
import { useLastKnown } from '../shell/last-known.ts'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { unitList } from '../unit/queries.ts'
import { LastReport, Milestones, Money, People, Source } from './card-part.tsx'
import { WayThere } from './way-there.tsx'
import './card.css'

// Not needed to read a card: it loads when one is open.
/** Its words are many, and wanted only once a card is open. */
const LightReason = lazy(async () => {
  const { LightReason: reason } = await import('../light/light-reason.tsx')
  return { default: reason }
})
const CardPhoto = lazy(() => import('./card-photo.tsx'))

/** Everything of one project that matters at its site. */
export function ProjectCard(props: { id: number; from: Position | null; onBack: () => void }) {
  const { t } = useTranslation(['field', 'project'])
  const query = useMemo(() => projectDetail(props.id, null), [props.id])
  const ready = useLastKnown([query.queryKey])
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  return (
    <article className="field-card" aria-label={t('field:card.label')}>
      <div className="field-card-bar">
        <button type="button" ref={back} className="field-button" onClick={props.onBack}>
          ‹ {t('field:card.back')}
        </button>
      </div>
      {ready ? <Loaded id={props.id} from={props.from} /> : <ScreenLoading />}
    </article>
  )
}

function Loaded({ id, from }: { id: number; from: Position | null }) {
  const { t } = useTranslation(['field', 'shell'])
  const detail = useQuery(projectDetail(id, null))
  if (detail.data) return <Content project={detail.data} from={from} />
  if (detail.error) {
    return <ScreenError error={detail.error} reset={() => void detail.refetch()} />
  }
  // Without a network it is not asked for, and then by itself as soon as there is one.
  if (detail.isPaused) return <Empty title={t('field:card.offline')} hint={t('field:card.later')} />
  return <ScreenLoading />
}

function Content({ project, from }: { project: ProjectDetail; from: Position | null }) {
  const may = useMay()
  const { t } = useTranslation(['field', 'project'])
  const unit = useQuery(unitList).data?.rows.find((found) => found.id === project.unitId)
  const park = useQuery(parkList).data?.rows.find((found) => found.id === project.parkId)
  const where = [unit?.name, park?.name, t(`project:stage.${project.stage}`)].filter(Boolean)
  return (
    <>
      <header className="field-card-head" data-record="project">
        <h1>{project.name}</h1>
        <p className="field-quiet">{where.join(' · ')}</p>
      </header>
      <section className="field-light">
        <p className="field-light-word">
          <LightMark
            light={project.light.state}
            hollow={!isVerified(project.positionQuality)}
            size={22}
          />
          <strong>{t(`project:light.${project.light.state}`)}</strong>
        </p>
        <p>
          <Suspense fallback={null}>
            <LightReason light={project.light} rule={project.light.rule} />
          </Suspense>
        </p>
      </section>
      <WayThere project={project} from={from} />
      <Part title={t('field:card.people')}>
        <People project={project} />
      </Part>
      <Part title={t('field:card.money')}>
        <Money project={project} />
      </Part>
      <Part title={t('field:card.milestones')}>
        <Milestones rows={project.milestones} />
      </Part>
      <Part title={t('field:card.report')}>
        <LastReport reports={project.reports} />
      </Part>
      {may('photo:send') && (
        <Part title={t('field:card.photo')}>
          <Suspense fallback={<ScreenLoading />}>
            <CardPhoto project={project.id} />
          </Suspense>
        </Part>
      )}
      <Part title={t('field:card.source')}>
        <Source project={project} />
      </Part>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="field-part">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
