import type { Save } from '../shell/send.ts'
import { useSendFollowed } from '../shell/send-followed.ts'

/** One write of orders from a form, once however often it is pressed. */
export function useWrite<Input, Answer>(
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  return useSendFollowed(['dispatch', 'inbox', 'body'], fields, send, onDone)
}
