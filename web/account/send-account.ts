import { useQueryClient } from '@tanstack/react-query'
import { type Save, useSend } from '../shell/send.ts'

/** Sends one change of an account; the list is right before `onDone` runs. */
export function useSendAccount<Input, Answer>(
  fields: readonly string[],
  send: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  const client = useQueryClient()
  const sendAndFollow = async (input: Input) => {
    const answer = await send(input)
    // The change is stored; a list that does not come is asked for again by its own panel.
    await client.invalidateQueries({ queryKey: ['account'] }).catch(() => {})
    return answer
  }
  return useSend(fields, sendAndFollow, onDone)
}
