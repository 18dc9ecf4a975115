import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uuid } from '../ui/uuid.ts'
import { readFailure } from './api.ts'
import { firstFault, formFaults } from './form-fault.ts'
import type { Save } from './save.ts'

/**
 * One write from a form. Its key stays until it is received, so that pressing again after a lost answer
 * does nothing twice; what is refused stands beside its field. What shows `nouns` follows at once.
 */
export function useWrite<Input, Answer>(
  nouns: readonly string[],
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
      await follow(client, nouns)
      onDone(answer)
    },
    // Refused because somebody was faster: the present state is shown with the reason.
    onError: () => void follow(client, nouns),
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

async function follow(client: QueryClient, nouns: readonly string[]): Promise<void> {
  await Promise.allSettled(nouns.map((noun) => client.invalidateQueries({ queryKey: [noun] })))
}
