import { type DescribeRouteOptions, describeRoute, resolver } from 'hono-openapi'
import type { z } from 'zod'
import { ApiError } from './contract.ts'

/** What the OpenAPI document tells about a route beside its validators. */
export interface RouteText {
  tag: string
  summary: string
  status?: 200 | 201
  /** Media type of the answer; JSON where nothing is said. */
  type?: string
  /** Other answers that are no errors, in words; with the same content where `same` is set. */
  also?: Partial<Record<200 | 304, { description: string; same?: boolean }>>
  /** Request headers, each with what it is for. */
  headers?: Record<string, string>
  /** A body that is no JSON: media type and what it holds. */
  file?: Record<string, string>
}

type Responses = NonNullable<DescribeRouteOptions['responses']>

/** Of routes that answer with an entity tag. */
export const unchanged = {
  304: { description: '与 If-None-Match 所说的相同，没有内容' },
} satisfies RouteText['also']

/** Names a route and its answers for the OpenAPI document; changes nothing at run time. */
export function describe(text: RouteText, answer: z.ZodType) {
  const content = { [text.type ?? 'application/json']: { schema: resolver(answer) } }
  const also = Object.entries(text.also ?? {}).map(([status, { description, same }]) => [
    status,
    same ? { description, content } : { description },
  ])
  const headers = text.headers ?? {}
  return describeRoute({
    tags: [text.tag],
    summary: text.summary,
    ...(Object.keys(headers).length > 0 ? { parameters: parametersOf(headers) } : {}),
    ...(text.file ? { requestBody: bodyOf(text.file) } : {}),
    responses: {
      [text.status ?? 200]: { description: '成功', content },
      ...(Object.fromEntries(also) as Responses),
      default: {
        description: '出错；error.code 不变，error.message 给人看',
        content: { 'application/json': { schema: resolver(ApiError) } },
      },
    },
  })
}

const parametersOf = (headers: Record<string, string>) =>
  Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header' as const,
    required: false,
    description,
    schema: { type: 'string' as const },
  }))

const bodyOf = (types: Record<string, string>) => ({
  required: true,
  content: Object.fromEntries(
    Object.entries(types).map(([type, description]) => [
      type,
      {
        schema: type.startsWith('multipart/')
          ? {
              type: 'object' as const,
              required: ['file'],
              properties: { file: { type: 'string' as const, format: 'binary', description } },
            }
          : { type: 'string' as const, format: 'binary', description },
      },
    ]),
  ),
})
