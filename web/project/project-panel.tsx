import type { ProjectDetail } from 'api/project/contract'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { LightReason } from '../light/light-reason.tsx'
import { PartLights } from '../light/part-lights.tsx'
import { isVerified } from '../map/scale.ts'
import { useMay } from '../session/me.ts'
import { Figure } from '../shell/figure.tsx'
import { ScreenLoading } from '../shell/screen-state.tsx'
import { copyText } from '../ui/copy-text.ts'
import { wan } from '../ui/number.ts'
import { PanelSection } from './panel-section.tsx'
import { ProjectHistory } from './project-history.tsx'
import { ProjectPeople } from './project-people.tsx'
import { ProjectPosition } from './project-position.tsx'
import type { PlaceNames } from './project-row.tsx'
import './project-panel.css'

const ProjectEdit = lazy(() => import('./project-edit.tsx'))

interface ProjectPanelProps {
  detail: ProjectDetail
  places: PlaceNames
  /** The day that is shown, null: now; the past cannot be changed. */
  asOf: string | null
  onOpen: (project: number) => void
  /** What other nouns know of the project, between its people and its position. */
  children: ReactNode
}

/** Everything known of one project, from its light with the reason down to who changed what. */
export function ProjectPanel({ detail, places, asOf, onOpen, children }: ProjectPanelProps) {
  const { t } = useTranslation(['panel', 'project'])
  const [editing, setEditing] = useState(false)
  const may = useMay()
  const editable = asOf === null
  return (
    <article className="panel" aria-labelledby="panel-name">
      <PanelHeader detail={detail} places={places} />
      <div className="panel-tools">
        <ShareButton />
        {may('project:write') && (
          <button
            type="button"
            className="button button-small"
            disabled={!editable}
            title={editable ? undefined : t('panel:pastDay')}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            {t('panel:editProject')}
          </button>
        )}
      </div>
      {editing && editable && (
        <Suspense fallback={<ScreenLoading />}>
          <ProjectEdit detail={detail} onDone={() => setEditing(false)} />
        </Suspense>
      )}
      <PanelSection title={t('panel:lights')}>
        <PartLights light={detail.light} lights={detail.lights} />
      </PanelSection>
      <PanelFigures detail={detail} />
      <ProjectPeople detail={detail} />
      {children}
      <ProjectPosition detail={detail} />
      <Relations detail={detail} onOpen={onOpen} />
      <Source detail={detail} />
      <PanelSection title={t('panel:history.title')}>
        <ProjectHistory project={detail.id} places={places} asOf={asOf} />
      </PanelSection>
    </article>
  )
}

function PanelHeader({ detail, places }: Pick<ProjectPanelProps, 'detail' | 'places'>) {
  const { t } = useTranslation(['panel', 'project'])
  const where = [
    places.unit.get(detail.unitId),
    detail.parkId === null ? undefined : places.park.get(detail.parkId),
    t(`project:category.${detail.category}`),
    detail.industry,
  ]
  return (
    <header className="panel-header">
      <h2 id="panel-name" data-record="project">
        {detail.name}
      </h2>
      <p className="panel-where" data-record="project">
        {where.filter(Boolean).join(' · ')}
      </p>
      <p className="panel-tags">
        <span className="figure" data-record="project">
          {detail.code}
        </span>
        <span className="badge">{t(`project:stage.${detail.stage}`)}</span>
        {detail.planKind && (
          <span className="badge">{t(`project:planKind.${detail.planKind}`)}</span>
        )}
        <span className={`badge badge-${detail.provenance}`}>
          {t(`project:provenance.${detail.provenance}`)}
        </span>
      </p>
      <p className={`panel-light panel-light-${detail.light.state}`}>
        <LightMark
          light={detail.light.state}
          hollow={!isVerified(detail.positionQuality)}
          size={20}
        />
        <span>
          <strong>{t(`project:light.${detail.light.state}`)}</strong>
          <span>
            <LightReason light={detail.light} rule={detail.light.rule} />
          </span>
        </span>
      </p>
    </header>
  )
}

function PanelFigures({ detail }: { detail: ProjectDetail }) {
  const { t } = useTranslation(['panel', 'shell', 'project'])
  const annual = detail.plan?.annualWan ?? detail.annualWan
  const share = annual && detail.doneWan !== null ? detail.doneWan / annual : null
  const money = t('shell:unit.wan')
  const own = (label: string, value: string, unit = '') => (
    <Fact label={label} unit={value === '—' ? '' : unit}>
      <span className="figure" data-record="project">
        {value}
      </span>
    </Fact>
  )
  return (
    <dl className="panel-figures">
      {own(t('panel:figure.total'), wan(detail.totalWan), money)}
      {own(t('panel:figure.annual'), wan(annual), money)}
      <Fact label={t('panel:figure.done')} unit={detail.doneWan === null ? '' : money}>
        <Figure name="investment.done" value={detail.doneWan} form="wan" />
      </Fact>
      <Fact label={t('panel:figure.share')} unit="">
        <Figure name="investment.share" value={share} form="percent" />
      </Fact>
      {own(t('panel:figure.area'), wan(detail.areaMu), t('shell:unit.mu'))}
      {own(t('panel:figure.reported'), detail.reportedMonth?.slice(0, 7) ?? '—')}
      {detail.plan?.collectiveStart && (
        <div className="panel-figures-wide">
          <dt>{t('panel:figure.collectiveStart')}</dt>
          <dd data-record="plan">{detail.plan.collectiveStart}</dd>
        </div>
      )}
      {detail.note && (
        <div className="panel-figures-wide">
          <dt>{t('panel:field.note')}</dt>
          <dd data-record="project">{detail.note}</dd>
        </div>
      )}
    </dl>
  )
}

function Fact(props: { label: string; unit: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        {props.children}
        {props.unit !== '' && <span className="panel-unit"> {props.unit}</span>}
      </dd>
    </div>
  )
}

function Relations({ detail, onOpen }: Pick<ProjectPanelProps, 'detail' | 'onOpen'>) {
  const { t } = useTranslation(['panel'])
  const { parent, children } = detail
  if (parent === null && children.length === 0) return null
  const link = (project: { id: number; name: string }) => (
    <li key={project.id} data-record="project">
      <button type="button" className="link-button" onClick={() => onOpen(project.id)}>
        {project.name}
      </button>
    </li>
  )
  return (
    <PanelSection title={t('panel:relation.title')}>
      {parent && <p className="panel-label">{t('panel:relation.parent')}</p>}
      {parent && <ul className="panel-links">{link(parent)}</ul>}
      {children.length > 0 && <p className="panel-label">{t('panel:relation.children')}</p>}
      {children.length > 0 && <ul className="panel-links">{children.map(link)}</ul>}
      {!detail.counted && <p className="panel-note">{t('panel:relation.notCounted')}</p>}
    </PanelSection>
  )
}

function Source({ detail }: { detail: ProjectDetail }) {
  const { t } = useTranslation(['panel'])
  if (detail.sourceTitle === null && !detail.sourceLater) return null
  return (
    <PanelSection title={t('panel:source.title')}>
      {detail.sourceLater ? (
        <p className="panel-note">{t('panel:source.later', { date: detail.sourceDate ?? '' })}</p>
      ) : (
        <p className="panel-source" data-record="project">
          {detail.sourceTitle}
          {detail.sourceDate && <span className="panel-unit figure"> {detail.sourceDate}</span>}
        </p>
      )}
    </PanelSection>
  )
}

function ShareButton() {
  const { t } = useTranslation(['panel'])
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const share = async () => setCopied((await copyText(location.href)) ? 'yes' : 'failed')
  return (
    <>
      <button type="button" className="button button-small" onClick={() => void share()}>
        {t('panel:share.copy')}
      </button>
      <span role="status" className="panel-unit">
        {copied === 'no' ? '' : t(`panel:share.${copied}`)}
      </span>
    </>
  )
}
