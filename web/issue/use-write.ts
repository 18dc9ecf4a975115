import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Save, useSend } from '../shell/send.ts'
import { uuid } from '../ui/uuid.ts'

/** What shows issues follows a write at once, before the live stream tells. */
const nouns = ['issue', 'inbox', 'body', 'holder']

/**
 * One write of issues from a form. Its key stays until it is received, so that pressing again after a
 * lost answer does nothing twice; one that was refused because somebody was faster shows what is now.
 */
export function useWrite<Input, Answer>(
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
      await Promise.allSettled(nouns.map((noun) => client.invalidateQueries({ queryKey: [noun] })))
    }
  }
  return useSend(fields, sendAndFollow, onDone)
}
