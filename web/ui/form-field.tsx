import { type ReactElement, useId } from 'react'
import './form.css'

interface FieldProps {
  label: string
  unit?: string
  hint?: string
  /** What is wrong with this field, shown beside it and read with it. */
  error?: string | undefined
  wide?: boolean
  children: (ids: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
  }) => ReactElement
}

/** A label, its control and what is to be said of it. */
export function FormField({ label, unit, hint, error, wide, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={`form-field${wide ? ' form-field-wide' : ''}`}>
      <label htmlFor={id}>
        {label}
        {unit && <span className="form-unit"> {unit}</span>}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': error !== undefined,
      })}
      {note !== undefined && (
        <span id={`${id}-note`} className={error === undefined ? 'form-hint' : 'form-error'}>
          {note}
        </span>
      )}
    </div>
  )
}
