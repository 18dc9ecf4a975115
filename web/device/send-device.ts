import type { Save } from '../shell/send.ts'
import { useSendFollowed } from '../shell/send-followed.ts'

/** Sends one change of a wall. */
export function useSendDevice<Input, Answer>(
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  return useSendFollowed(['device'], fields, send, onDone)
}
