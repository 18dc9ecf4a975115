import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readFailure } from '../shell/api.ts'
import { firstFault, formFaults } from '../shell/form-fault.ts'
import type { Save } from '../shell/save.ts'
import { uuid } from '../ui/uuid.ts'
import { followDispatch } from './queries.ts'

/**
 * One write of orders from a form. Its key stays until it is received, so that pressing again after a
 * lost answer does nothing twice; what is refused stands beside its field.
 */
export function useWrite<Input, Answer>(
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [key, setKey] = useState(uuid)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const mutation = useMutation({
    mutationFn: (input: Input) => send(input, key),
    networkMode: 'always',
    onSuccess: async (answer) => {
      setKey(uuid())
      await followDispatch(client)
      onDone(answer)
    },
  })
  const failure = mutation.error === null ? null : readFailure(mutation.error)
  const details = failure?.details ?? []
  const besideFields =
    details.length > 0 && details.every(({ field }) => fields.includes(field ?? ''))
  return {
    submit: (event: FormEvent<HTMLFormElement>, input) => {
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
    of: (field) => faults[field] ?? details.find((detail) => detail.field === field)?.message,
  }
}
