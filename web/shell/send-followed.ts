import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { uuid } from '../ui/uuid.ts'
import { type Save, useSend } from './send.ts'

/**
 * Sends one form under a key that stays until it is received, so that pressing again after a lost answer
 * does nothing twice. The queries whose keys begin with one of `queries` are right before `onDone` runs,
 * and when it was refused, since somebody may have been faster; one that does not come is asked for
 * again by its own panel.
 */
export function useSendFollowed<Input, Answer>(
  queries: readonly string[],
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  const client = useQueryClient()
  const [key, setKey] = useState(uuid)
  const sendAndFollow = async (input: Input) => {
    try {
      const answer = await send(input, key)
      setKey(uuid())
      return answer
    } finally {
      await Promise.allSettled(
        queries.map((query) => client.invalidateQueries({ queryKey: [query] })),
      )
    }
  }
  return useSend(fields, sendAndFollow, onDone)
}
