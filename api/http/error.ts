import { randomUUID } from 'node:crypto'
import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from 'pino'
import postgres from 'postgres'
import type { ApiError } from './contract.ts'
import { ApiFailure } from './failure.ts'
import { allowedMethods } from './method.ts'

/** Shapes whatever was thrown into the one ApiError; what nobody expected is logged with its stack. */
export function onError(log: Logger): ErrorHandler {
  return (error, c) => {
    const requestId = idOf(c)
    const failure = asFailure(error)
    // Being busy is no fault, and told to everybody who asks meanwhile.
    if (failure.status >= 500 && failure.code !== 'SERVER_BUSY') {
      log.error({ err: error, requestId, method: c.req.method, path: c.req.path }, failure.code)
    }
    if (failure.status === 503) c.header('Retry-After', '2')
    return c.json(bodyOf(failure, requestId), failure.status)
  }
}

/** Routes beside the typed API, as tiles, name a request only when it fails. */
function idOf(c: Context): string {
  c.header('X-Content-Type-Options', 'nosniff')
  const given = c.get('requestId')
  if (given) return String(given)
  const made = randomUUID()
  c.header('X-Request-Id', made)
  return made
}

/**
 * Answers what no route of the site takes, in the shape of every other error: 405 with Allow where
 * the path knows other methods, else 404. OPTIONS is told the methods.
 */
export function unknownRoute(site: Hono): NotFoundHandler {
  return (c) => {
    const { method, path } = c.req
    const allowed = allowedMethods(site, path)
    if (allowed.length > 0) c.header('Allow', [...allowed, 'OPTIONS'].join(', '))
    if (allowed.length > 0 && method === 'OPTIONS') return c.body(null, 204)
    const failure =
      allowed.length > 0
        ? new ApiFailure(
            405,
            'METHOD_NOT_ALLOWED',
            `${path} 不接受 ${method}，可用 ${allowed.join('、')}`,
          )
        : new ApiFailure(
            404,
            'ROUTE_NOT_FOUND',
            `没有这个接口：${method} ${path}；接口清单见 /api/doc`,
          )
    return c.json(bodyOf(failure, idOf(c)), failure.status)
  }
}

function bodyOf(failure: ApiFailure, requestId: string): ApiError {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      ...(failure.details ? { details: failure.details } : {}),
      requestId,
    },
  }
}

function asFailure(error: Error): ApiFailure {
  if (error instanceof ApiFailure) return error
  if (error instanceof HTTPException) return fromHttp(error)
  if (error instanceof postgres.PostgresError) return fromPostgres(error)
  if (isBrokenOff(error)) {
    return new ApiFailure(400, 'UPLOAD_BROKEN_OFF', '请求内容没有传完，连接就断了')
  }
  if (connectionLost.has((error as NodeJS.ErrnoException).code ?? '')) {
    return new ApiFailure(503, 'DATABASE_UNAVAILABLE', '数据库暂时连不上，请稍后再试')
  }
  // Libraries wrap what the database said to them, as that of signing in.
  return error.cause instanceof Error ? asFailure(error.cause) : internal()
}

/** Node's words for a request whose sender has left; a database's connection names the system call. */
function isBrokenOff(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' && error.syscall === undefined && error.message === 'aborted'
}

const internal = () => new ApiFailure(500, 'INTERNAL', '服务器内部错误，已记入日志')

function fromHttp(error: HTTPException): ApiFailure {
  const codes: Record<number, [code: string, message: string]> = {
    400: ['BODY_INVALID', '请求内容不是有效的 JSON'],
    413: ['BODY_TOO_LARGE', '请求内容过大'],
  }
  const [code, message] = codes[error.status] ?? [`HTTP_${error.status}`, error.message]
  return new ApiFailure(error.status as 400, code, message)
}

const connectionLost = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
])

/** SQLSTATE → what the caller can do about it; the classes are those of PostgreSQL's appendix A. */
function fromPostgres(error: postgres.PostgresError): ApiFailure {
  const where = [error.table_name, error.constraint_name ?? error.column_name].filter(Boolean)
  const named = where.length > 0 ? `（${where.join('：')}）` : ''
  switch (error.code) {
    case '23505':
      return new ApiFailure(409, 'DUPLICATE', `已有相同的记录${named}`)
    case '23503':
      return new ApiFailure(422, 'REFERENCE_MISSING', `引用的记录不存在${named}`)
    case '23514':
    case '23502':
    case '22003':
      return new ApiFailure(422, 'CHECK_FAILED', `数值不符合规定${named}`)
    case '42501':
      return new ApiFailure(403, 'OUT_OF_SCOPE', '这条记录不在您的管辖范围内，没有保存')
    case '22007':
    case '22008':
    case '22009':
      return new ApiFailure(400, 'DATE_INVALID', '日期、时间或时区有误，请检查')
    // PostgreSQL stores every character but this one.
    case '22021':
    case '22P05':
      return new ApiFailure(400, 'TEXT_INVALID', '文字里有不能保存的字符（空字符 U+0000），请删去')
    case '57014':
      return new ApiFailure(503, 'DATABASE_SLOW', '数据库处理超时，请稍后再试')
    case '40001':
    case '40P01':
      return new ApiFailure(503, 'DATABASE_CONFLICT', '与其他操作冲突，请再试一次')
    case '53300':
    case '53400':
      return new ApiFailure(503, 'DATABASE_BUSY', '数据库连接已满，请稍后再试')
    case '53200':
      return new ApiFailure(503, 'DATABASE_BUSY', '数据库内存不足，请稍后再试')
    case '53100':
      return new ApiFailure(507, 'DISK_FULL', '数据库所在磁盘已满，没有保存；请通知管理员清理磁盘')
    case '57P01':
    case '57P02':
    case '57P03':
      return new ApiFailure(503, 'DATABASE_UNAVAILABLE', '数据库正在重启，请稍后再试')
    default:
      return internal()
  }
}
