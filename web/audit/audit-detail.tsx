import type { AuditEntry } from 'api/audit/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'
import { count } from '../ui/number.ts'
import type { AuditSearch } from './audit-search.ts'
import { useAuditWords } from './audit-words.ts'

interface AuditDetailProps {
  entry: AuditEntry
  onFilter: (change: AuditSearch) => void
  onClose: () => void
}

/** Everything that is recorded of one entry, and what was before and after it. */
export function AuditDetail({ entry, onFilter, onClose }: AuditDetailProps) {
  const { t } = useTranslation(['audit', 'panel'])
  return (
    <aside
      className="audit-detail"
      data-record="audit"
      aria-label={t('audit:entry', { n: count(entry.n) })}
    >
      <header>
        <h2>{t('audit:entry', { n: count(entry.n) })}</h2>
        <button type="button" className="button button-quiet" onClick={onClose}>
          {t('panel:close')}
        </button>
      </header>
      <Facts entry={entry} onFilter={onFilter} />
      {entry.changes.length > 0 && <Changes entry={entry} />}
      {entry.op !== null && entry.changes.length === 0 && (
        <p className="audit-quiet">{t('audit:noFields')}</p>
      )}
      {entry.detail && <Detail detail={entry.detail} />}
      <dl className="audit-facts">
        <Fact name={t('audit:hash')}>
          <code>{entry.hash}</code>
        </Fact>
      </dl>
    </aside>
  )
}

function Facts({ entry, onFilter }: Pick<AuditDetailProps, 'entry' | 'onFilter'>) {
  const { t } = useTranslation(['audit'])
  const words = useAuditWords()
  const { personId, projectId, noun, rowId } = entry
  const only = (change: AuditSearch) => (
    <button type="button" className="link-button" onClick={() => onFilter(change)}>
      {t('audit:only')}
    </button>
  )
  return (
    <dl className="audit-facts">
      <Fact name={t('audit:column.kind')}>{t(`audit:kind.${entry.kind}`)}</Fact>
      <Fact name={t('audit:column.at')}>{instantText(entry.at)}</Fact>
      <Fact name={t('audit:column.actor')}>
        {entry.actor} {personId !== null && only({ person: String(personId) })}
      </Fact>
      <Fact name={t('audit:column.address')}>{entry.address ?? '—'}</Fact>
      {entry.agent && <Fact name={t('audit:agent')}>{entry.agent}</Fact>}
      {noun !== null && (
        <Fact name={t('audit:column.what')}>
          {words.what(entry)} {rowId !== null && only({ noun, row: String(rowId) })}
        </Fact>
      )}
      {entry.project !== null && (
        <Fact name={t('audit:noun.project')}>
          {entry.project} {only({ project: String(projectId) })}
        </Fact>
      )}
      {entry.reason && <Fact name={t('audit:column.reason')}>{entry.reason}</Fact>}
    </dl>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation(['audit'])
  const words = useAuditWords()
  return (
    <table className="audit-changes">
      <thead>
        <tr>
          <th scope="col">{t('audit:fieldName')}</th>
          <th scope="col">{t('audit:before')}</th>
          <th scope="col">{t('audit:after')}</th>
        </tr>
      </thead>
      <tbody>
        {entry.changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{words.field(field)}</th>
            <td>{words.value(field, before)}</td>
            <td>{words.value(field, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Detail({ detail }: { detail: Record<string, unknown> }) {
  const words = useAuditWords()
  return (
    <dl className="audit-facts">
      {Object.entries(detail).map(([name, value]) => (
        <Fact key={name} name={words.detail(name)}>
          {words.value(name, value)}
        </Fact>
      ))}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
