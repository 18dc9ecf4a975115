import type { ReactNode } from 'react'
import { FormField } from '../ui/form-field.tsx'

interface SelectFieldProps {
  name: string
  label: string
  value: string
  error?: string | undefined
  required?: boolean
  wide?: boolean
  children: ReactNode
  onChoose: (value: string) => void
}

/** A labelled choice in a form; the options are its children. */
export function SelectField(props: SelectFieldProps) {
  const { name, label, value, error, required, wide, children, onChoose } = props
  return (
    <FormField label={label} error={error} {...(wide === undefined ? {} : { wide })}>
      {(ids) => (
        <select
          {...ids}
          name={name}
          className="form-input"
          required={required}
          value={value}
          onChange={(event) => onChoose(event.target.value)}
        >
          {children}
        </select>
      )}
    </FormField>
  )
}
