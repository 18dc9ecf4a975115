import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { refreshSnapshot } from '../project/queries.ts'
import { type Save, useSend } from './send.ts'

/** Sends one write; on success the project's queries and the map follow before `onSaved` runs. */
export function useSave<Input>(
  project: number,
  fields: readonly string[],
  send: (input: Input) => Promise<unknown>,
  onSaved: () => void,
): Save<Input> {
  const client = useQueryClient()
  const sendAndFollow = async (input: Input) => {
    await send(input)
    await followProject(client, project)
  }
  return useSend(fields, sendAndFollow, onSaved)
}

async function followProject(client: QueryClient, project: number): Promise<void> {
  // The write is stored; a refresh that fails is made up for by the live stream.
  await Promise.allSettled([
    client.invalidateQueries({ queryKey: ['project', project] }),
    client.invalidateQueries({ queryKey: ['report', 'table'] }),
    refreshSnapshot(client),
  ])
}
