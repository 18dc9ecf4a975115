import type { Milestone } from 'api/milestone/contract'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateAs, daysBetween } from '../ui/date.ts'
import './milestone-strip.css'

const MilestoneForm = lazy(() => import('./milestone-form.tsx'))

interface StripProps {
  project: number
  /** In the order of a project's life, as the server gives them. */
  milestones: readonly Milestone[]
  /** The day judged at, `YYYY-MM-DD`: what should have happened before it and did not is overdue. */
  date: string
  editable: boolean
}

/** The steps of a project from top to bottom: planned, revised, forecast and actual dates. */
export function MilestoneStrip({ project, milestones, date, editable }: StripProps) {
  const { t, i18n } = useTranslation(['panel', 'project'])
  const [edited, setEdited] = useState<number | null>(null)
  if (milestones.length === 0) return <p className="panel-none">{t('panel:milestone.none')}</p>
  return (
    <ol className="milestone-strip">
      {milestones.map((milestone) => {
        // Names are the city's own words; another language has words for the kinds alone.
        const name = i18n.language === 'zh' ? milestone.name : t(`project:kind.${milestone.kind}`)
        return (
          <li key={milestone.id} className={`milestone milestone-${stateAt(milestone, date)}`}>
            <div className="milestone-line">
              <span className="milestone-name">{name}</span>
              <Dates milestone={milestone} date={date} />
              {editable && (
                <button
                  type="button"
                  className="link-button milestone-edit"
                  aria-label={t('panel:milestone.edit', { name })}
                  aria-expanded={edited === milestone.id}
                  onClick={() => setEdited(edited === milestone.id ? null : milestone.id)}
                >
                  {t('panel:edit')}
                </button>
              )}
            </div>
            {edited === milestone.id && (
              <Suspense fallback={null}>
                <MilestoneForm
                  project={project}
                  milestone={milestone}
                  onDone={() => setEdited(null)}
                />
              </Suspense>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Dates({ milestone, date }: { milestone: Milestone; date: string }) {
  const { t, i18n } = useTranslation(['panel'])
  const { originalDate, revisedDate, forecastDate, actualDate } = milestone
  const state = stateAt(milestone, date)
  const planned = plannedDate(milestone)
  const text = (day: string, precision: string | null) => dateAs(day, precision, i18n.language)
  return (
    <span className="milestone-dates">
      {actualDate && (
        <span className="milestone-actual">
          {t('panel:milestone.actual', { date: text(actualDate, milestone.actualPrecision) })}
        </span>
      )}
      {revisedDate && (
        <span>
          {t('panel:milestone.revised', { date: text(revisedDate, milestone.revisedPrecision) })}
        </span>
      )}
      {originalDate && (
        <span className={revisedDate ? 'milestone-past' : ''}>
          {t('panel:milestone.planned', {
            date: text(originalDate, milestone.originalPrecision),
          })}
        </span>
      )}
      {forecastDate && !actualDate && (
        <span>{t('panel:milestone.forecast', { date: forecastDate })}</span>
      )}
      {state === 'overdue' && planned && (
        <strong className="milestone-late">
          {t('panel:milestone.overdue', { count: daysBetween(planned, date) })}
        </strong>
      )}
      {milestone.cause && <span>{t('panel:milestone.cause', { cause: milestone.cause })}</span>}
    </span>
  )
}

export const plannedDate = (milestone: Milestone): string | null =>
  milestone.revisedDate ?? milestone.originalDate

/** done, overdue (planned before the day and not done) or ahead. */
export function stateAt(milestone: Milestone, date: string): 'done' | 'overdue' | 'ahead' {
  if (milestone.actualDate !== null) return 'done'
  const planned = plannedDate(milestone)
  return planned !== null && planned < date ? 'overdue' : 'ahead'
}
