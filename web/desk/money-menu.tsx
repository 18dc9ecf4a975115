import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectFilter } from '../project/filter.ts'
import { wan } from '../ui/number.ts'
import { Popover } from '../ui/popover.tsx'
import '../ui/form.css'

interface MoneyMenuProps {
  filter: ProjectFilter
  onFilter: (patch: Partial<ProjectFilter>) => void
}

/** Total investment from … to …, in 万元, both ends inclusive and either one open. */
export function MoneyMenu({ filter, onFilter }: MoneyMenuProps) {
  const { t } = useTranslation(['desk', 'shell'])
  const { minWan, maxWan } = filter
  const open = minWan === null && maxWan === null
  const text = `${minWan === null ? '' : wan(minWan)}–${maxWan === null ? '' : wan(maxWan)}`
  return (
    <Popover label={t('desk:filter.money')} value={open ? null : text}>
      {(close) => <Range minWan={minWan} maxWan={maxWan} onFilter={onFilter} onDone={close} />}
    </Popover>
  )
}

function Range(props: {
  minWan: number | null
  maxWan: number | null
  onFilter: (patch: Partial<ProjectFilter>) => void
  onDone: () => void
}) {
  const { t } = useTranslation(['desk', 'shell'])
  const [min, setMin] = useState(props.minWan === null ? '' : String(props.minWan))
  const [max, setMax] = useState(props.maxWan === null ? '' : String(props.maxWan))
  const crossed = min !== '' && max !== '' && Number(min) > Number(max)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (crossed) return
    props.onFilter({ minWan: amount(min), maxWan: amount(max) })
    props.onDone()
  }
  const field = (label: string, value: string, set: (value: string) => void) => (
    <label className="form-field">
      <span>{label}</span>
      <input
        className="form-input figure"
        type="number"
        min="0"
        step="any"
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  )
  return (
    <form className="money-range" onSubmit={submit}>
      <div className="money-range-pair">
        {field(t('desk:money.min'), min, setMin)}
        {field(t('desk:money.max'), max, setMax)}
      </div>
      {crossed && (
        <p className="form-error" role="alert">
          {t('desk:money.crossed')}
        </p>
      )}
      <div className="form-actions">
        <button type="submit" className="button button-primary">
          {t('desk:money.apply')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            props.onFilter({ minWan: null, maxWan: null })
            props.onDone()
          }}
        >
          {t('desk:filter.all')}
        </button>
      </div>
    </form>
  )
}

const amount = (text: string) => (text === '' ? null : Number(text))
