import type { Account } from 'api/account/contract'
import { FormField } from '../ui/form-field.tsx'
import { searchAccounts } from './state.ts'

interface PersonChoiceProps {
  name: string
  label: string
  hint?: string
  error?: string | undefined
  /** Those whom it may be: all that are not disabled, but `but`. */
  rows: Account[]
  but: number
  value: string
  onChoose: (id: string) => void
}

/** One colleague of all. */
export function PersonChoice(props: PersonChoiceProps) {
  const others = searchAccounts(props.rows, '').filter(
    ({ id, disabledAt }) => id !== props.but && disabledAt === null,
  )
  return (
    <FormField
      label={props.label}
      error={props.error}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
    >
      {(ids) => (
        <select
          {...ids}
          className="form-input"
          name={props.name}
          required
          value={props.value}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          <option value="" />
          {others.map(({ id, name, login }) => (
            <option key={id} value={id}>
              {name}（{login}）
            </option>
          ))}
        </select>
      )}
    </FormField>
  )
}
