import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditSearch } from './audit-search.ts'
import '../ui/form.css'

const kinds = [
  'change',
  'administration',
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'export',
  'import',
  'print',
  'denied',
  'verify',
  'archive',
  'shape',
] as const
const nouns = [
  'project',
  'plan',
  'milestone',
  'investment',
  'report',
  'issue',
  'dispatch',
  'unit',
  'park',
  'department',
  'person',
  'role_grant',
  'deputy',
  'project_person',
] as const
const typing = 300

interface AuditFilterProps {
  search: AuditSearch
  onChange: (change: AuditSearch) => void
}

/** Conditions of the list; those that a click on an entry has set can be taken off one by one. */
export function AuditFilter({ search, onChange }: AuditFilterProps) {
  const { t } = useTranslation(['audit'])
  const set = (name: keyof AuditSearch) => (value: string) => onChange({ [name]: value })
  return (
    <form className="audit-filter" onSubmit={(event) => event.preventDefault()}>
      <Choice label={t('audit:filter.kind')} value={search.kind} onChange={set('kind')}>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`audit:kind.${kind}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('audit:filter.noun')} value={search.noun} onChange={set('noun')}>
        {nouns.map((noun) => (
          <option key={noun} value={noun}>
            {t(`audit:noun.${noun}`)}
          </option>
        ))}
      </Choice>
      <Day label={t('audit:filter.from')} value={search.from} onChange={set('from')} />
      <Day label={t('audit:filter.to')} value={search.to} onChange={set('to')} />
      <Text value={search.text ?? ''} onChange={set('text')} />
      {(['person', 'project', 'row'] as const).map(
        (name) =>
          search[name] !== undefined && (
            <button
              key={name}
              type="button"
              className="button button-quiet audit-chip"
              onClick={() => onChange({ [name]: '' })}
            >
              {t(`audit:filter.${name}`, { id: search[name] })} ✕
            </button>
          ),
      )}
    </form>
  )
}

interface PartProps {
  label: string
  value: string | undefined
  onChange: (value: string) => void
}

function Choice({ label, value, onChange, children }: PartProps & { children: ReactNode }) {
  const { t } = useTranslation(['audit'])
  return (
    <label>
      <span>{label}</span>
      <select
        className="form-input"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('audit:filter.all')}</option>
        {children}
      </select>
    </label>
  )
}

function Day({ label, value, onChange }: PartProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        className="form-input figure"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

/** Asked for when the typing rests; the URL may change it from outside. */
function Text({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation(['audit'])
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onChange(typed.trim()), typing)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <label className="audit-filter-text">
      <span>{t('audit:filter.text')}</span>
      <input
        type="search"
        className="form-input"
        placeholder={t('audit:filter.textHint')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  )
}
