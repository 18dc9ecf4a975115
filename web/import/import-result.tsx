import type { Finding, ImportReport, RowResult } from 'api/import/contract'
import { useTranslation } from 'react-i18next'
import { count } from '../ui/number.ts'
import { Changes } from './import-changes.tsx'

interface ImportResultProps {
  report: ImportReport
  partial: boolean
  onWrite: () => void
}

const outcomes = ['created', 'changed', 'unchanged', 'refused'] as const
/** Rows shown; a file with more faults than that is corrected in several goes. */
const most = 200

/** What a run found and did, and the way on from a trial. */
export function ImportResult({ report, partial, onWrite }: ImportResultProps) {
  const { t } = useTranslation(['import'])
  const { counts } = report
  const willWrite = counts.created + counts.changed
  const blocked = counts.refused > 0 && !partial
  return (
    <section className="import-result" aria-label={t('import:result')}>
      <p role="status" className={`import-verdict${report.written ? ' import-written' : ''}`}>
        {report.written
          ? t('import:verdict.written', { count: willWrite })
          : blocked
            ? t('import:verdict.blocked', { count: counts.refused })
            : willWrite === 0
              ? t('import:verdict.nothing')
              : t('import:verdict.trial', { count: willWrite })}
      </p>
      <dl className="import-counts">
        <div>
          <dt>{t('import:rows')}</dt>
          <dd className="figure">{count(counts.rows)}</dd>
        </div>
        {outcomes.map((outcome) => (
          <div key={outcome}>
            <dt>{t(`import:outcome.${outcome}`)}</dt>
            <dd className="figure">{count(counts[outcome])}</dd>
          </div>
        ))}
      </dl>
      {!report.written && !blocked && willWrite > 0 && (
        <button type="button" className="button button-primary" onClick={onWrite}>
          {t('import:write', { count: willWrite })}
        </button>
      )}
      <FileFindings findings={report.findings} />
      <RowTable report={report} />
      <Changes rows={report.rows} />
      <Columns report={report} />
    </section>
  )
}

function FileFindings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation(['import'])
  if (findings.length === 0) return null
  return (
    <>
      <h3>{t('import:findings')}</h3>
      <ul className="import-findings">
        {findings.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <li key={index} className={`import-${finding.level}`}>
            <Level finding={finding} />
            {finding.message}
          </li>
        ))}
      </ul>
    </>
  )
}

const Level = ({ finding }: { finding: Finding }) => {
  const { t } = useTranslation(['import'])
  return <strong className="import-level">{t(`import:level.${finding.level}`)}</strong>
}

function RowTable({ report }: { report: ImportReport }) {
  const { t } = useTranslation(['import'])
  // A reader knows the columns of the file, not the fields that they stand for.
  const headers = new Map(report.columns.map(({ field, header }) => [field, header]))
  const flagged = report.rows.filter((row) => row.findings.length > 0 || row.similar.length > 0)
  if (flagged.length === 0) return null
  return (
    <>
      <h3>{t('import:flagged', { count: flagged.length })}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its frame is scrolled by keys */}
      <section className="import-scroll" tabIndex={0} aria-label={t('import:rowTable')}>
        <table className="import-table">
          <thead>
            <tr>
              <th scope="col">{t('import:column.row')}</th>
              <th scope="col">{t('import:column.name')}</th>
              <th scope="col">{t('import:column.outcome')}</th>
              <th scope="col">{t('import:column.field')}</th>
              <th scope="col">{t('import:column.value')}</th>
              <th scope="col">{t('import:column.message')}</th>
            </tr>
          </thead>
          <tbody>{flagged.slice(0, most).flatMap((row) => linesOf(row, headers))}</tbody>
        </table>
      </section>
      {flagged.length > most && (
        <p className="form-hint">{t('import:more', { count: flagged.length - most })}</p>
      )}
    </>
  )
}

type Headers = ReadonlyMap<string | null, string>

function linesOf(row: RowResult, headers: Headers) {
  const lines: (Finding | null)[] = row.findings.length > 0 ? row.findings : [null]
  return lines.map((finding, index) => (
    <RowLine
      // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
      key={`${row.row}-${index}`}
      row={row}
      finding={finding}
      header={finding ? (headers.get(finding.field) ?? finding.field) : null}
      isLast={index === lines.length - 1}
    />
  ))
}

function RowLine(props: {
  row: RowResult
  finding: Finding | null
  header: string | null
  isLast: boolean
}) {
  const { t } = useTranslation(['import'])
  const { row, finding } = props
  return (
    <tr className={finding ? `import-${finding.level}` : ''}>
      <td className="figure">{row.row}</td>
      <td>{row.name ?? row.code ?? '—'}</td>
      <td>{t(`import:outcome.${row.outcome}`)}</td>
      <td>{props.header ?? '—'}</td>
      <td className="import-value">{finding?.value ?? '—'}</td>
      <td>
        {finding && <Level finding={finding} />}
        {finding?.message}
        {props.isLast && row.similar.length > 0 && (
          <span className="import-similar">
            {t('import:similar')}
            {row.similar
              .map(({ name, code, score }) => `${name}（${code}，${Math.round(score * 100)}%）`)
              .join('、')}
          </span>
        )}
      </td>
    </tr>
  )
}

function Columns({ report }: { report: ImportReport }) {
  const { t } = useTranslation(['import'])
  const crs = t(`import:system.${report.crs}`, { defaultValue: report.crs })
  return (
    <details className="import-columns">
      <summary>{t('import:columns', { count: report.columns.length, crs })}</summary>
      <ul>
        {report.columns.map((column) => (
          <li key={column.header}>
            {column.header} → {column.label ?? t('import:unknownColumn')}
            {column.unit && ` (${column.unit})`}
          </li>
        ))}
      </ul>
    </details>
  )
}
