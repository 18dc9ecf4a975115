import type { AuditEntry } from 'api/audit/contract'
import { useTranslation } from 'react-i18next'
import { wan } from '../ui/number.ts'

/** Words for what stands in an entry; what has no word of its own is shown as it is recorded. */
export function useAuditWords() {
  const { t, i18n } = useTranslation(['audit', 'panel'])
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
      return worded(`audit:event.${text}`, text)
    },
    /** What was done to what, in one line. */
    what: ({ op, noun: name, rowId, project }: AuditEntry): string => {
      if (name === null) return ''
      const done = op === null ? '' : t(`audit:op.${op}`)
      return [done, noun(name), project ?? (rowId === null ? '' : `#${rowId}`)]
        .filter(Boolean)
        .join(' ')
    },
  }
}
