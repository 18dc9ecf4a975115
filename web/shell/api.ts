import { createClient } from 'api/client'
import type { ApiError } from 'api/http/contract'
import { DetailedError, parseResponse } from 'hono/client'
import { request } from './request.ts'

/** The typed client; paths are relative to the page's own origin. */
export const api = createClient('/api', { fetch: request })
export { parseResponse }

/** What went wrong, in words for people: the server's own sentence, or the network's state. */
export interface Failure {
  code: string
  message: string
  status: number
  details: NonNullable<ApiError['error']['details']>
}

/** Reads any thrown value as a Failure: `NETWORK` when no answer came, `PAGE` for a fault of our own. */
export function readFailure(error: unknown): Failure {
  if (error instanceof DetailedError) {
    const body = (error.detail as { data?: Partial<ApiError> } | undefined)?.data?.error
    return {
      code: body?.code ?? 'HTTP',
      message: body?.message ?? error.message,
      status: error.statusCode ?? 0,
      details: body?.details ?? [],
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  // fetch rejects with a TypeError, a request given up with an AbortError.
  const isUnanswered = error instanceof TypeError && /fetch|network|load failed/i.test(message)
  const isGivenUp = error instanceof DOMException
  return { code: isUnanswered || isGivenUp ? 'NETWORK' : 'PAGE', message, status: 0, details: [] }
}
