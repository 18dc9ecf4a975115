import type { Save } from '../shell/send.ts'
import { useSendFollowed } from '../shell/send-followed.ts'

/** Sends one change of an account. */
export function useSendAccount<Input, Answer>(
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  return useSendFollowed(['account'], fields, send, onDone)
}
