import type { Milestone } from 'api/milestone/contract'
import type { ProjectDetail } from 'api/project/contract'
import type { Report } from 'api/report/contract'
import { useTranslation } from 'react-i18next'
import { plannedUpTo } from '../investment/monthly.ts'
import { Figure } from '../shell/figure.tsx'
import { dateAs } from '../ui/date.ts'
import { percent, wan } from '../ui/number.ts'
import { phoneLink } from '../ui/phone.ts'

type FigureOf = { name: 'investment.sum' | 'investment.done'; of: (string | number)[] }

/** Amounts of the project, and done beside planned as two bars on one scale. */
export function Money({ project }: { project: ProjectDetail }) {
  const { t } = useTranslation(['field', 'shell', 'project'])
  const planned =
    project.reportedMonth === null ? null : plannedUpTo(project.investment, project.reportedMonth)
  const month = Number(project.reportedMonth?.slice(5, 7) ?? 0)
  const facts: [string, number | null, FigureOf | null][] = [
    [t('field:money.total'), project.totalWan, null],
    [t('field:money.annual'), project.annualWan, null],
    [t('field:money.planned'), planned, { name: 'investment.sum', of: ['planned', month] }],
    [t('field:money.done'), project.doneWan, { name: 'investment.done', of: [] }],
  ]
  const share =
    project.annualWan !== null && project.annualWan > 0 && project.doneWan !== null
      ? project.doneWan / project.annualWan
      : null
  return (
    <>
      <dl className="field-facts">
        {facts.map(([label, value, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <strong className="figure" data-record={figure ? undefined : 'project'}>
                {figure && value !== null ? (
                  <Figure {...figure} value={value} form="wan" />
                ) : (
                  wan(value)
                )}
              </strong>{' '}
              <span className="field-quiet">{value === null ? '' : t('shell:unit.wan')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {share !== null && project.annualWan !== null && (
        <div className="field-progress">
          <p>
            <Figure name="investment.share" value={share}>
              {t('field:money.share', { share: percent(share) })}
            </Figure>
          </p>
          <span className="field-bar" aria-hidden="true">
            <i style={{ width: `${Math.min(1, share) * 100}%` }} />
            {planned !== null && (
              <b style={{ left: `${Math.min(1, planned / project.annualWan) * 100}%` }} />
            )}
          </span>
          {planned !== null && (
            <p className="field-quiet">
              <Figure
                name="investment.share"
                of={['planned', month]}
                value={planned / project.annualWan}
              >
                {t('field:money.mark', { share: percent(planned / project.annualWan) })}
              </Figure>
            </p>
          )}
        </div>
      )}
    </>
  )
}

/** The steps of the project, each with the one date that counts now. */
export function Milestones({ rows }: { rows: Milestone[] }) {
  const { t, i18n } = useTranslation(['field', 'project'])
  if (rows.length === 0) return <p className="field-quiet">{t('field:milestone.none')}</p>
  return (
    <ol className="field-milestones">
      {rows.map((row) => (
        <li
          key={row.id}
          data-record="milestone"
          className="field-milestone"
          data-done={row.actualDate !== null}
        >
          {/* Names are the city's own words; another language has words for the kinds alone. */}
          <strong>{i18n.language === 'zh' ? row.name : t(`project:kind.${row.kind}`)}</strong>
          <span className="figure">{milestoneDate(row, t, i18n.language)}</span>
          {row.cause && <span className="field-cause">{row.cause}</span>}
        </li>
      ))}
    </ol>
  )
}

/** The one date that counts now: actual, else forecast, else the plan in force. */
function milestoneDate(
  row: Milestone,
  t: (key: string, values: Record<string, string>) => string,
  language: string,
): string {
  const date = (day: string | null, precision: string | null) => dateAs(day, precision, language)
  if (row.actualDate) {
    return t('field:milestone.actual', { date: date(row.actualDate, row.actualPrecision) })
  }
  if (row.forecastDate) return t('field:milestone.forecast', { date: row.forecastDate })
  if (row.revisedDate) {
    return t('field:milestone.revised', { date: date(row.revisedDate, row.revisedPrecision) })
  }
  return t('field:milestone.planned', { date: date(row.originalDate, row.originalPrecision) })
}

/** What was said last, in full. */
export function LastReport({ reports }: { reports: Report[] }) {
  const { t } = useTranslation(['field'])
  const last = reports.reduce<Report | null>(
    (newest, report) => (newest === null || report.month > newest.month ? report : newest),
    null,
  )
  if (!last) return <p className="field-quiet">{t('field:report.none')}</p>
  return (
    <>
      <p className="field-quiet figure" data-record="report">
        {t('field:report.month', { month: last.month.slice(0, 7) })}
        {last.reporter && ` · ${last.reporter}`}
      </p>
      {last.progressText && <p data-record="report">{last.progressText}</p>}
      {last.problem && (
        <p className="field-cause" data-record="report">
          {t('field:report.problem', { problem: last.problem })}
          {last.cause && t('field:report.cause', { cause: last.cause })}
        </p>
      )}
      {last.nextStep && (
        <p data-record="report">{t('field:report.next', { step: last.nextStep })}</p>
      )}
    </>
  )
}

/** Who answers for the project, and the number to call. */
export function People({ project }: { project: ProjectDetail }) {
  const { t } = useTranslation(['field'])
  const people: [string, string | null][] = [
    [t('field:people.enterprise'), project.ownerEnterprise],
    [t('field:people.department'), project.leadDepartment],
    [t('field:people.leader'), project.contactLeader],
    [t('field:people.officer'), project.serviceOfficer],
  ]
  const known = people.filter(([, name]) => name !== null)
  const phone = project.servicePhone
  if (known.length === 0 && !phone) return <p className="field-quiet">{t('field:people.none')}</p>
  return (
    <>
      <dl className="field-facts" data-record="project">
        {known.map(([label, name]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
      {phone && (
        <a className="field-button field-call" data-record="project" href={phoneLink(phone)}>
          {t('field:people.call', { phone })}
        </a>
      )}
    </>
  )
}

/** Where the facts come from; a source that appeared later is not told before its day. */
export function Source({ project }: { project: ProjectDetail }) {
  const { t } = useTranslation(['field', 'project'])
  const hidden = project.sourceLater || !project.sourceTitle
  return (
    <>
      <p>{t(`project:provenance.${project.provenance}`)}</p>
      {hidden ? (
        project.sourceLater && <p className="field-quiet">{t('field:source.later')}</p>
      ) : (
        <p className="field-quiet" data-record="project">
          {project.sourceTitle}
          {project.sourceDate && ` · ${project.sourceDate}`}
        </p>
      )}
      <p className="field-quiet figure" data-record="project">
        {t('field:source.code', { code: project.code })}
      </p>
    </>
  )
}
