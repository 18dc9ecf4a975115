import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiError } from './contract.ts'

export type FailureDetail = NonNullable<ApiError['error']['details']>[number]

/**
 * What a route throws when it cannot do what was asked. `code` is stable and in capitals, `message`
 * a Chinese sentence for people. Everything else that is thrown becomes 500 INTERNAL.
 */
export class ApiFailure extends Error {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly details: FailureDetail[] | undefined

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    details?: FailureDetail[],
  ) {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
    this.code = code
    this.details = details
  }
}

/** A failure about one field of the request. */
export function fieldFailure(
  status: ContentfulStatusCode,
  code: string,
  message: string,
  field: string,
  value: unknown,
): ApiFailure {
  return new ApiFailure(status, code, message, [{ field, value, code, message }])
}

/** 404 of a noun: `PROJECT_NOT_FOUND`. `what` is its Chinese name. */
export function notFound(noun: string, what: string, id: number): ApiFailure {
  return new ApiFailure(404, `${noun.toUpperCase()}_NOT_FOUND`, `没有编号为 ${id} 的${what}`)
}
