import type { MiddlewareHandler } from 'hono'
import { within } from '../patience.ts'
import { ApiFailure } from './failure.ts'

/**
 * Answers 503 `DATABASE_SLOW` where an answer does not begin in time: a database that hangs would
 * keep its callers for ever. What was asked for may still be done.
 */
export function answerWithin(patienceMs: number): MiddlewareHandler {
  return (_, next) =>
    within<void>(next(), patienceMs, () => {
      throw new ApiFailure(503, 'DATABASE_SLOW', '数据库处理超时，请稍后再试')
    })
}

/** Answers 503 `SERVER_BUSY` at once where `most` requests are being answered already. */
export function limitUnderWay(most: number): MiddlewareHandler {
  let underWay = 0
  return async (_, next) => {
    if (underWay >= most) {
      throw new ApiFailure(503, 'SERVER_BUSY', '服务器正忙，请稍后再试')
    }
    underWay += 1
    try {
      await next()
    } finally {
      underWay -= 1
    }
  }
}
