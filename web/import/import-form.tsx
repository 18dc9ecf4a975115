import type { ImportNoun } from 'api/import/contract'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormField } from '../ui/form-field.tsx'

export interface ImportChoice {
  file: File
  as: ImportNoun | null
  crs: string
  year: number | null
  partial: boolean
}

const nouns: readonly ImportNoun[] = [
  'project',
  'report',
  'investment',
  'plan',
  'milestone',
  'park',
  'unit',
]
/** Systems that the importer knows by name; Gauss–Krüger ones are its 3° zones by central meridian. */
const systems = ['auto', 'wgs84', 'cgcs2000', 'gcj02', 'bd09', 'gk3-37', 'gk3-38', 'gk3-39']

interface ImportFormProps {
  disabled: boolean
  onTry: (choice: ImportChoice) => void
}

/** File and options of an import. */
export function ImportForm({ disabled, onTry }: ImportFormProps) {
  const { t } = useTranslation(['import'])
  const [file, setFile] = useState<File | null>(null)
  const [as, setAs] = useState('')
  const [crs, setCrs] = useState('auto')
  const [year, setYear] = useState('')
  const [partial, setPartial] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!file) return
    const noun = nouns.find((known) => known === as) ?? null
    onTry({ file, as: noun, crs, year: year === '' ? null : Number(year), partial })
  }
  return (
    <form className="import-form" onSubmit={submit}>
      <FormField label={t('import:file')} hint={t('import:fileHint')} wide>
        {(ids) => (
          <span className="import-file">
            <input
              {...ids}
              className="visually-hidden"
              type="file"
              required
              accept=".csv,.xlsx,.geojson,.json,.txt"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
            <label className="button" htmlFor={ids.id}>
              {t('import:choose')}
            </label>
            <span className={file ? '' : 'form-hint'}>{file?.name ?? t('import:noFile')}</span>
          </span>
        )}
      </FormField>
      <FormField label={t('import:as')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            value={as}
            onChange={(event) => setAs(event.target.value)}
          >
            <option value="">{t('import:asAuto')}</option>
            {nouns.map((noun) => (
              <option key={noun} value={noun}>
                {t(`import:noun.${noun}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField label={t('import:crs')}>
        {(ids) => (
          <select
            {...ids}
            className="form-input"
            value={crs}
            onChange={(event) => setCrs(event.target.value)}
          >
            {systems.map((system) => (
              <option key={system} value={system}>
                {t(`import:system.${system}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField label={t('import:year')} hint={t('import:yearHint')}>
        {(ids) => (
          <input
            {...ids}
            className="form-input figure"
            type="number"
            min={1990}
            max={2100}
            value={year}
            onChange={(event) => setYear(event.target.value)}
          />
        )}
      </FormField>
      <label className="import-partial">
        <input
          type="checkbox"
          checked={partial}
          onChange={(event) => setPartial(event.target.checked)}
        />
        {t('import:partial')}
      </label>
      <div className="form-actions import-wide">
        <button type="submit" className="button button-primary" disabled={disabled || !file}>
          {t('import:try')}
        </button>
        <span className="form-hint">{t('import:tryHint')}</span>
      </div>
    </form>
  )
}
