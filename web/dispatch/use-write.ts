import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Save, useSend } from '../shell/send.ts'
import { uuid } from '../ui/uuid.ts'
import { followDispatch } from './queries.ts'

/**
 * One write of orders from a form. Its key stays until it is received, so that pressing again after a
 * lost answer does nothing twice; what is refused stands beside its field.
 */
export function useWrite<Input, Answer>(
  fields: readonly string[],
  send: (input: Input, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Save<Input> {
  const client = useQueryClient()
  const [key, setKey] = useState(uuid)
  const sendAndFollow = async (input: Input) => {
    const answer = await send(input, key)
    setKey(uuid())
    await followDispatch(client)
    return answer
  }
  return useSend(fields, sendAndFollow, onDone)
}
