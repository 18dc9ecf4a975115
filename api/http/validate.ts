import type { Env, MiddlewareHandler, ValidationTargets } from 'hono'
import { validator } from 'hono-openapi'
import { z } from 'zod'
import { zhCN } from 'zod/locales'
import { ApiFailure, type FailureDetail } from './failure.ts'

// Messages reach people through the error body: in their language.
z.config(zhCN())

/** What the caller writes: a body as the schema wants it, in queries and paths text only. */
type Written<Target, Input> = Target extends 'json'
  ? Input
  : { [Key in keyof Input]: Input[Key] extends string | undefined ? Input[Key] : string }

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * Checks one part of a request with the contract's schema, which also becomes its OpenAPI text.
 * Throws instead of answering, so that the route's type knows only its success.
 * @throws ApiFailure 400 `INVALID` with one detail per field.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
): MiddlewareHandler<
  Env,
  string,
  {
    in: { [Key in Target]: Written<Target, z.input<Schema>> }
    out: { [Key in Target]: z.output<Schema> }
  }
> {
  return validator(target, schema, (result) => {
    if (!result.success) throw invalid(result.error, result.data)
  }) as MiddlewareHandler
}

function invalid(issues: readonly Issue[], data: unknown): ApiFailure {
  const details = issues.map((issue) => detailOf(issue, data))
  const fields = details.map((detail) => `${detail.field ?? '内容'}：${detail.message}`)
  return new ApiFailure(400, 'INVALID', `请求有误，${fields.slice(0, 3).join('；')}`, details)
}

function detailOf(issue: Issue, data: unknown): FailureDetail {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
  const value = path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? Reflect.get(at, key) : undefined),
    data,
  )
  const kind = 'code' in issue && typeof issue.code === 'string' ? issue.code : 'invalid'
  return {
    ...(path.length > 0 ? { field: path.join('.') } : {}),
    ...(value === undefined || typeof value === 'object' || isSecret(path) ? {} : { value }),
    code: kind.toUpperCase(),
    message: issue.message,
  }
}

/** What people type as a secret is not sent back, however wrong it is. */
const isSecret = (path: readonly PropertyKey[]) =>
  path.some((key) => ['password', 'current', 'token', 'secret'].includes(String(key)))
