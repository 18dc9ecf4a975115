import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshSnapshot } from '../project/queries.ts'
import { type Failure, readFailure } from './api.ts'

/** A form's way to the server: what is under way, and what was refused, by field. */
export interface Save<Input> {
  run: (input: Input) => void
  isPending: boolean
  /** The sentence for the form as a whole; null when every fault stands beside its field. */
  failure: Failure | null
  /** The stable code of what was refused, wherever it is shown. */
  code: string | null
  /** What the server says of a field. */
  of: (field: string) => string | undefined
  reset: () => void
}

/** Sends one write; on success the project's queries and the map follow before `onSaved` runs. */
export function useSave<Input>(
  project: number,
  fields: readonly string[],
  send: (input: Input) => Promise<unknown>,
  onSaved: () => void,
): Save<Input> {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await followProject(client, project)
      onSaved()
    },
  })
  const failure = mutation.error === null ? null : readFailure(mutation.error)
  const details = failure?.details ?? []
  const besideFields =
    details.length > 0 && details.every(({ field }) => fields.includes(field ?? ''))
  return {
    run: mutation.mutate,
    isPending: mutation.isPending,
    failure: besideFields ? null : failure,
    code: failure?.code ?? null,
    of: (field) => details.find((detail) => detail.field === field)?.message,
    reset: mutation.reset,
  }
}

async function followProject(client: QueryClient, project: number): Promise<void> {
  // The write is stored; a refresh that fails is made up for by the live stream.
  await Promise.allSettled([
    client.invalidateQueries({ queryKey: ['project', project] }),
    refreshSnapshot(client),
  ])
}
