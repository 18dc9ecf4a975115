import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Failure, readFailure } from './api.ts'
import { firstFault, formFaults } from './form-fault.ts'

/** A form's way to the server: what is under way, and what was refused, by field. */
export interface Save<Input> {
  /** Checks the form, and sends what `input` makes of it when nothing is at fault; null: not yet. */
  submit: (event: FormEvent<HTMLFormElement>, input: () => Input | null) => void
  isPending: boolean
  /** The sentence for the form as a whole; null when every fault stands beside its field. */
  failure: Failure | null
  /** The stable code of what was refused, wherever it is shown. */
  code: string | null
  /** What the server said of single fields. */
  details: Failure['details']
  /** What is wrong with a field, by the form itself or by the server. */
  of: (field: string) => string | undefined
}

/** Sends one form; `onSent` gets what `send` made of the answer. */
export function useSend<Input, Answer>(
  fields: readonly string[],
  send: (input: Input) => Promise<Answer>,
  onSent: (answer: Answer) => void,
): Save<Input> {
  const { t } = useTranslation()
  const [faults, setFaults] = useState<Record<string, string>>({})
  const mutation = useMutation({
    mutationFn: send,
    // Without a network it fails at once: a write that waits would be sent after its form was left.
    networkMode: 'always',
    onSuccess: onSent,
  })
  const failure = mutation.error === null ? null : readFailure(mutation.error)
  const details = failure?.details ?? []
  const besideFields =
    details.length > 0 && details.every(({ field }) => fields.includes(field ?? ''))
  return {
    submit: (event, input) => {
      event.preventDefault()
      const form = event.currentTarget
      setFaults(formFaults(form, t))
      const fault = firstFault(form, t)
      if (fault) return fault.focus()
      const made = input()
      if (made !== null) mutation.mutate(made)
    },
    isPending: mutation.isPending,
    failure: besideFields ? null : failure,
    code: failure?.code ?? null,
    details,
    of: (field) => faults[field] ?? details.find((detail) => detail.field === field)?.message,
  }
}
