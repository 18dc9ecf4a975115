import { useQuery } from '@tanstack/react-query'
import type { Milestone, Revision } from 'api/milestone/contract'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../session/me.ts'
import { instantText } from '../ui/date.ts'
import { plannedDate, stateAt } from './lateness.ts'
import { revisionsOf } from './queries.ts'
import { RevisionCard } from './revision-card.tsx'
import { StepDates } from './step-dates.tsx'
import { VerifyButton } from './verify-button.tsx'
import './milestone-strip.css'

const MilestoneForm = lazy(() => import('./milestone-form.tsx'))
const RevisionForm = lazy(() => import('./revision-form.tsx'))

interface StripProps {
  project: number
  /** In the order of a project's life, as the server gives them. */
  milestones: readonly Milestone[]
  /** The day judged at, `YYYY-MM-DD`: what should have happened before it and did not is overdue. */
  date: string
  editable: boolean
}

/** The steps of a project from top to bottom with their four dates, and what is asked for them. */
export function MilestoneStrip({ project, milestones, date, editable }: StripProps) {
  const { t } = useTranslation(['panel'])
  const revisions = useQuery({ ...revisionsOf(project), enabled: editable }).data?.rows ?? []
  if (milestones.length === 0) return <p className="panel-none">{t('panel:milestone.none')}</p>
  return (
    <ol className="milestone-strip">
      {milestones.map((milestone) => (
        <Step
          key={milestone.id}
          milestone={milestone}
          date={date}
          editable={editable}
          revision={revisions.find((one) => one.milestoneId === milestone.id)}
        />
      ))}
    </ol>
  )
}

interface StepProps {
  milestone: Milestone
  date: string
  editable: boolean
  /** The newest of the step, the one that waits before all. */
  revision: Revision | undefined
}

type Open = 'dates' | 'revision' | null

function Step({ milestone, date, editable, revision }: StepProps) {
  const { t, i18n } = useTranslation(['milestone', 'panel', 'project'])
  const may = useMay()
  const [open, setOpen] = useState<Open>(null)
  // Names are the city's own words; another language has words for the kinds alone.
  const name = i18n.language === 'zh' ? milestone.name : t(`project:kind.${milestone.kind}`)
  const toggle = (what: Open) => setOpen(open === what ? null : what)
  const canWrite = editable && may('milestone:write')
  const canRevise = canWrite && milestone.actualDate === null && plannedDate(milestone) !== null
  return (
    <li data-record="milestone" className={`milestone milestone-${stateAt(milestone, date)}`}>
      <div className="milestone-line">
        <span className="milestone-name">
          {name}
          {milestone.critical && <span className="badge">{t('milestone:critical')}</span>}
        </span>
        <span className="milestone-actions">
          {canWrite && (
            <button
              type="button"
              className="link-button"
              aria-label={t('panel:milestone.edit', { name })}
              aria-expanded={open === 'dates'}
              onClick={() => toggle('dates')}
            >
              {t('milestone:report')}
            </button>
          )}
          {canRevise && revision?.state !== 'proposed' && (
            <button
              type="button"
              className="link-button"
              aria-label={t('milestone:reviseOf', { name })}
              aria-expanded={open === 'revision'}
              onClick={() => toggle('revision')}
            >
              {t('milestone:revise')}
            </button>
          )}
        </span>
      </div>
      <StepDates milestone={milestone} date={date} />
      <Facts milestone={milestone} editable={editable} />
      {revision && revision.state !== 'approved' && (
        <RevisionCard revision={revision} editable={editable} />
      )}
      {open !== null && (
        <Suspense fallback={null}>
          {open === 'dates' ? (
            <MilestoneForm milestone={milestone} onDone={() => setOpen(null)} />
          ) : (
            <RevisionForm milestone={milestone} onDone={() => setOpen(null)} />
          )}
        </Suspense>
      )}
    </li>
  )
}

/** Cause, party, and what an actual date rests on. */
function Facts({ milestone, editable }: { milestone: Milestone; editable: boolean }) {
  const { t } = useTranslation(['milestone', 'panel'])
  const { cause, actualDate, evidence, verifiedAt, verifiedBy, provenance, sourceTitle } = milestone
  const source = sourceTitle ?? (provenance === 'published' ? t('milestone:proof.published') : null)
  return (
    <p className="milestone-facts">
      {cause && <span>{t('panel:milestone.cause', { cause })}</span>}
      <Party milestone={milestone} />
      {actualDate !== null &&
        (evidence === null ? (
          <span className={source ? undefined : 'milestone-unproven'}>
            {source ?? t('milestone:proof.none')}
          </span>
        ) : (
          <span>{t('milestone:proof.given', { evidence })}</span>
        ))}
      {verifiedAt !== null && (
        <span>
          {t('milestone:proof.verified', { name: verifiedBy ?? '', time: instantText(verifiedAt) })}
        </span>
      )}
      {editable && evidence !== null && verifiedAt === null && (
        <VerifyButton milestone={milestone} />
      )}
    </p>
  )
}

function Party({ milestone: { party, limitDays } }: { milestone: Milestone }) {
  const { t } = useTranslation(['milestone'])
  if (party === null) return null
  const name = party === 'unit' || party === 'enterprise' ? t(`milestone:party.${party}`) : party
  return (
    <span>{limitDays === null ? name : t('milestone:partyLimit', { name, count: limitDays })}</span>
  )
}
