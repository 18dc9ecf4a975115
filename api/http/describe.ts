import { describeRoute, resolver } from 'hono-openapi'
import type { z } from 'zod'
import { ApiError } from './contract.ts'

/** What the OpenAPI document tells about a route beside its validators. */
export interface RouteText {
  tag: string
  summary: string
  status?: 200 | 201
}

/** Names a route and its answer for the OpenAPI document; changes nothing at run time. */
export function describe(text: RouteText, answer: z.ZodType) {
  return describeRoute({
    tags: [text.tag],
    summary: text.summary,
    responses: {
      [text.status ?? 200]: {
        description: '成功',
        content: { 'application/json': { schema: resolver(answer) } },
      },
      default: {
        description: '出错；error.code 不变，error.message 给人看',
        content: { 'application/json': { schema: resolver(ApiError) } },
      },
    },
  })
}
