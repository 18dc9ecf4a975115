import type { AuditEntry } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { wan } from '../ui/number.ts'

/** Values that are words of a list, by field. */
const wordsOf: Record<string, string> = {
  category: 'project:category',
  positionQuality: 'project:positionQuality',
  provenance: 'project:provenance',
  sideState: 'project:stage',
  kind: 'project:kind',
  status: 'panel:status',
}

/** Words for what stands in an entry; what has no word of its own is shown as it is recorded. */
export function useAuditWords() {
  const { t, i18n } = useTranslation(['audit', 'panel', 'project'])
  const worded = (key: string, other: string) =>
    i18n.exists(key) ? String(t(key as never)) : other
  const noun = (name: string) => worded(`audit:noun.${name}`, name)
  return {
    noun,
    field: (name: string) => worded(`audit:field.${name}`, worded(`panel:field.${name}`, name)),
    detail: (name: string) => worded(`audit:detail.${name}`, name),
    value: (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === '') return '—'
      if (typeof value === 'boolean') return t(value ? 'panel:yes' : 'panel:no')
      if (field.endsWith('Wan') && typeof value === 'number') return wan(value)
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      if (field === 'event') return worded(`audit:event.${text}`, text)
      const words = wordsOf[field]
      return words ? worded(`${words}.${text}`, text) : text
    },
    /** What was done to what, in one line. */
    what: ({ op, noun: name, rowId, project, detail }: AuditEntry): string => {
      if (name === null) return String(detail?.['file'] || detail?.['route'] || '')
      const done = op === null ? '' : t(`audit:op.${op}`)
      return [done, noun(name), project ?? (rowId === null ? '' : `#${rowId}`)]
        .filter(Boolean)
        .join(' ')
    },
  }
}
