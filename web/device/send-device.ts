import { useQueryClient } from '@tanstack/react-query'
import { type Save, useSend } from '../shell/send.ts'

/** Sends one change of a wall; the list is right before `onDone` runs. */
export function useSendDevice<Input, Answer>(
  fields: readonly string[],
  send: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  const client = useQueryClient()
  const sendAndFollow = async (input: Input) => {
    const answer = await send(input)
    await client.invalidateQueries({ queryKey: ['device', 'list'] }).catch(() => {})
    return answer
  }
  return useSend(fields, sendAndFollow, onDone)
}
