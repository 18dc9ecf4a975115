import type { AuditEntry } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { instantText } from '../ui/date.ts'
import { count } from '../ui/number.ts'
import { useAuditWords } from './audit-words.ts'

interface AuditListProps {
  rows: readonly AuditEntry[]
  /** Number of the entry that is open. */
  open: string | undefined
  onOpen: (n: number) => void
}

/** One line an entry; the whole line opens it. */
export function AuditList({ rows, open, onOpen }: AuditListProps) {
  const { t } = useTranslation(['audit'])
  return (
    <table className="audit-table">
      <thead>
        <tr>
          {(['n', 'at', 'kind', 'actor', 'address', 'what', 'reason'] as const).map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`audit:column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((entry) => (
          <Line
            key={entry.n}
            entry={entry}
            isOpen={String(entry.n) === open}
            onOpen={() => onOpen(entry.n)}
          />
        ))}
      </tbody>
    </table>
  )
}

function Line(props: { entry: AuditEntry; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation(['audit'])
  const words = useAuditWords()
  const { entry, isOpen, onOpen } = props
  const event = entry.detail?.['event']
  return (
    // The button in the first cell does the same for the keyboard.
    <tr data-record="audit" aria-selected={isOpen} data-kind={entry.kind} onClick={onOpen}>
      <td data-column="n">
        <button type="button" className="link-button figure" aria-expanded={isOpen}>
          {count(entry.n)}
        </button>
      </td>
      <td className="figure" data-column="at">
        {instantText(entry.at)}
      </td>
      <td data-column="kind">
        {t(`audit:kind.${entry.kind}`)}
        {typeof event === 'string' && event !== entry.kind && ` · ${words.value('event', event)}`}
      </td>
      <td data-column="actor">{entry.actor}</td>
      <td className="figure" data-column="address">
        {entry.address ?? '—'}
      </td>
      <td data-column="what">{words.what(entry)}</td>
      <td data-column="reason">{entry.reason ?? ''}</td>
    </tr>
  )
}
