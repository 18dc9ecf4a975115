import type { ImportNoun } from 'api/import/contract'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormField } from '../ui/form-field.tsx'
import { TextField } from '../ui/text-field.tsx'

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
  'reference',
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
      <FileField file={file} onFile={setFile} />
      <Choice label={t('import:as')} value={as} onChoose={setAs}>
        <option value="">{t('import:asAuto')}</option>
        {nouns.map((noun) => (
          <option key={noun} value={noun}>
            {t(`import:noun.${noun}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('import:crs')} value={crs} onChoose={setCrs}>
        {systems.map((system) => (
          <option key={system} value={system}>
            {t(`import:system.${system}`)}
          </option>
        ))}
      </Choice>
      <TextField
        label={t('import:year')}
        hint={t('import:yearHint')}
        type="number"
        min={1990}
        max={2100}
        value={year}
        onText={setYear}
      />
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

function FileField({ file, onFile }: { file: File | null; onFile: (file: File | null) => void }) {
  const { t } = useTranslation(['import'])
  return (
    <FormField label={t('import:file')} hint={t('import:fileHint')} wide>
      {(ids) => (
        <span className="import-file">
          <input
            {...ids}
            className="visually-hidden"
            type="file"
            required
            accept=".csv,.xlsx,.geojson,.json,.txt"
            onChange={(event) => onFile(event.target.files?.[0] ?? null)}
          />
          <label className="button" htmlFor={ids.id}>
            {t('import:choose')}
          </label>
          <span className={file ? '' : 'form-hint'}>{file?.name ?? t('import:noFile')}</span>
        </span>
      )}
    </FormField>
  )
}

function Choice(props: {
  label: string
  value: string
  onChoose: (value: string) => void
  children: ReactNode
}) {
  return (
    <FormField label={props.label}>
      {(ids) => (
        <select
          {...ids}
          className="form-input"
          value={props.value}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {props.children}
        </select>
      )}
    </FormField>
  )
}
