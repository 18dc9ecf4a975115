import type { Report } from 'api/report/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PhotoStrip } from '../photo/photo-strip.tsx'
import { instantText } from '../ui/date.ts'
import { fixedWan } from '../ui/number.ts'
import { doubtText } from './doubt-text.ts'
import { ReportActions } from './report-actions.tsx'
import './report-list.css'

const few = 3

interface ReportListProps {
  reports: readonly Report[]
  /** Opens the form for the correction of one; absent where nothing can be changed. */
  onCorrect?: ((report: Report) => void) | undefined
}

/** What was reported month by month, newest first; a problem stands out with its cause. */
export function ReportList({ reports, onCorrect }: ReportListProps) {
  const { t } = useTranslation(['panel'])
  const [all, setAll] = useState(false)
  if (reports.length === 0) return <p className="panel-none">{t('panel:report.none')}</p>
  const shown = all ? reports : reports.slice(0, few)
  return (
    <>
      <ol className="report-list">
        {shown.map((report) => (
          <li key={report.id} className="report" data-record="report">
            <ReportEntry report={report} />
            {onCorrect && <ReportActions report={report} onCorrect={onCorrect} />}
          </li>
        ))}
      </ol>
      {reports.length > few && (
        <button type="button" className="link-button" data-unfolds onClick={() => setAll(!all)}>
          {all ? t('panel:report.fewer') : t('panel:report.all', { count: reports.length })}
        </button>
      )}
    </>
  )
}

function ReportEntry({ report }: { report: Report }) {
  const { t } = useTranslation(['panel', 'project', 'report', 'shell'])
  return (
    <>
      <p className="report-head">
        <strong className="figure">{report.month.slice(0, 7)}</strong>
        {report.percent !== null && (
          <span className="figure">{t('panel:report.percent', { percent: report.percent })}</span>
        )}
        {report.actualWan !== null && (
          <span className="figure">
            {t('panel:report.money', { money: fixedWan(report.actualWan) })} {t('shell:unit.wan')}
          </span>
        )}
        <span className={`report-status report-status-${report.status}`}>
          {t(`panel:status.${report.status}`)}
        </span>
        {report.isLate && (
          <span className="report-late">{t('panel:report.late', { date: report.dueOn })}</span>
        )}
        <span className={`badge badge-${report.provenance}`}>
          {t(`project:provenance.${report.provenance}`)}
        </span>
      </p>
      {report.sources.length > 0 && (
        <p className="report-by figure">
          {report.sources.map((one) => `${one.fundSource} ${fixedWan(one.actualWan)}`).join('；')}
        </p>
      )}
      {report.progressText && <p>{report.progressText}</p>}
      {report.correctionNote && (
        <p>{t('report:money.corrected', { note: report.correctionNote })}</p>
      )}
      {report.doubts.map((doubt) => (
        <p key={doubt.code} className="report-by">
          {doubtText(t, doubt)} <strong>{doubt.answer ?? t('report:doubt.unanswered')}</strong>
        </p>
      ))}
      {(report.problem ?? report.cause) !== null && (
        <p className="report-problem">
          <strong>{t('panel:report.problem')}</strong>
          {[report.cause, report.problem].filter(Boolean).join('：')}
        </p>
      )}
      {report.nextStep && (
        <p>
          <span className="report-label">{t('panel:report.next')}</span>
          {report.nextStep}
        </p>
      )}
      <p className="report-by">
        {[report.reporter, instantText(report.reportedAt)].filter(Boolean).join(' · ')}
      </p>
      {report.reviewedAt && (
        <p className={report.status === 'returned' ? 'report-returned' : 'report-by'}>
          {t(`panel:review.${report.status === 'returned' ? 'returned' : 'verified'}`, {
            reviewer: report.reviewer ?? '',
            time: instantText(report.reviewedAt),
          })}
          {report.reviewNote && <strong>{report.reviewNote}</strong>}
        </p>
      )}
      <PhotoStrip of={{ noun: 'report', rowId: report.id }} />
    </>
  )
}
