import type { InputHTMLAttributes } from 'react'
import { FormField } from './form-field.tsx'

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string
  value: string
  onText: (text: string) => void
  unit?: string
  hint?: string
  error?: string | undefined
  wide?: boolean
  /** Several lines. */
  area?: boolean
}

/** A labelled line or area of text, a number or a date; its value is the text as typed. */
export function TextField(props: TextFieldProps) {
  const { label, value, onText, unit, hint, error, wide, area, ...rest } = props
  return (
    <FormField
      label={label}
      error={error}
      {...(unit === undefined ? {} : { unit })}
      {...(hint === undefined ? {} : { hint })}
      {...(wide === undefined ? {} : { wide })}
    >
      {(ids) =>
        area ? (
          <textarea
            {...ids}
            className="form-input"
            name={rest.name}
            required={rest.required}
            maxLength={rest.maxLength}
            value={value}
            onChange={(event) => onText(event.target.value)}
          />
        ) : (
          <input
            {...ids}
            {...rest}
            className="form-input"
            value={value}
            onChange={(event) => onText(event.target.value)}
          />
        )
      }
    </FormField>
  )
}
