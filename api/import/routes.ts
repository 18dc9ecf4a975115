/*
 * POST /import: the file as the body, options in the query, an answer that streams.
 */
import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { Author } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { limitUnderWay } from '../http/load.ts'
import { Turns } from '../http/turns.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { ImportLine, ImportOptions } from './contract.ts'
import { ImportFailure } from './failure.ts'
import { importFile } from './import-file.ts'

/** At most this long between two progress lines of one step. */
const TELL_EVERY_MS = 100
const MB = 1024 * 1024
/** Imports follow one another in the database anyway: each that waits there would hold a connection. */
const AT_ONCE = 1
const WAITING = 4
const PATIENCE_MS = 600_000

/**
 * Answers newline-delimited JSON (ImportLine): progress while it runs, then one report or one
 * error. Refused before the stream begins: 400 `INVALID`, `MAP_INVALID`, 413 `FILE_TOO_BIG`,
 * 503 `SERVER_BUSY`.
 */
export const importRoutes = (deps: Deps, turns = new Turns(AT_ONCE, WAITING, PATIENCE_MS)) =>
  new Hono().post(
    '/',
    describe(
      {
        tag: '导入',
        summary:
          '导入文件（CSV、XLSX、GeoJSON）：请求体是文件本身，回答是逐行 JSON（进度，最后是报告或错误）',
        type: 'application/x-ndjson',
        file: {
          'application/octet-stream': '文件本身',
          'multipart/form-data': '文件，放在字段 file 里',
        },
      },
      ImportLine,
    ),
    validate('query', ImportOptions),
    // Files that are being received are held in memory too.
    limitUnderWay(AT_ONCE + WAITING),
    async (c) => {
      const { map, ...options } = c.req.valid('query')
      const columns = map === undefined ? {} : readMap(map)
      const author = wholeCityAuthor(c, `导入 ${options.fileName}`)
      turns.check()
      const { signal } = c.req.raw
      const bytes = await readFile(c, deps.env.ONEMAP_IMPORT_MB * MB)
      c.header('Content-Type', 'application/x-ndjson; charset=utf-8')
      // no-transform keeps the compressing middleware from holding lines back.
      c.header('Cache-Control', 'no-store, no-transform')
      c.header('X-Accel-Buffering', 'no')
      return stream(c, async (out) => {
        const tell = (line: ImportLine) => out.write(`${JSON.stringify(line)}\n`)
        const { as, year, ...rest } = options
        const wanted = { ...rest, ...(as && { as }), ...(year !== undefined && { year }) }
        const progress = paced(
          (step, done, total) => void tell({ progress: { step, done, total } }),
        )
        try {
          const file = { ...wanted, map: columns, bytes, author, progress, signal }
          const report = await turns.take(() => importFile(deps.db, file), signal)
          await tell({ report })
        } catch (error) {
          await tell({ error: errorOf(error, deps) })
        }
      })
    },
  )

/**
 * Rows of a file may lie anywhere: only who sees the whole city may import.
 * @throws ApiFailure 403 `OUT_OF_SCOPE`.
 */
function wholeCityAuthor(c: Context, reason: string): Author {
  const by = askerOf(c)
  if (!by.scope.all) throw new ApiFailure(403, 'OUT_OF_SCOPE', '导入涉及全市，须由管辖全市的人来做')
  return { ...authorOf(c, reason), by: { ...by, scope: null } }
}

/**
 * The map of a `--map` file: header → field.
 * @throws ApiFailure 400 `MAP_INVALID`
 */
export function readMap(text: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text))
  } catch {
    const message = '列对应表应为 JSON 对象，如 {"投资额":"totalWan(亿元)"}'
    throw fieldFailure(400, 'MAP_INVALID', message, 'map', text.slice(0, 200))
  }
}

/** The file: the body itself, or the field `file` of a form; never more than `limit` bytes. */
async function readFile(c: Context, limit: number): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooBig(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length
    if (size > limit) throw tooBig(limit)
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) return bytes
  const form = await new Response(bytes, { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  const file = form?.get('file')
  if (file instanceof Blob) return new Uint8Array(await file.arrayBuffer())
  throw fieldFailure(400, 'FILE_MISSING', '表单里没有文件：请用字段 file 上传', 'file', null)
}

function tooBig(limit: number): ApiFailure {
  const message = `文件超过 ${limit / MB} MB：请分成几个文件，或调大设置 ONEMAP_IMPORT_MB`
  return new ApiFailure(413, 'FILE_TOO_BIG', message)
}

/** Tells each new step at once and its progress a few times a second. */
function paced(tell: (step: string, done: number, total: number | null) => void) {
  let last = { step: '', at: 0 }
  return (step: string, done: number, total: number | null) => {
    const now = performance.now()
    if (step === last.step && done !== total && now - last.at < TELL_EVERY_MS) return
    last = { step, at: now }
    tell(step, done, total)
  }
}

function errorOf(error: unknown, deps: Deps): { code: string; message: string } {
  if (error instanceof ImportFailure) {
    return { code: error.code, message: error.message.slice(error.code.length + 2) }
  }
  if (error instanceof ApiFailure) return { code: error.code, message: error.message }
  deps.log.error({ err: error }, 'IMPORT_FAILED')
  return {
    code: 'IMPORT_FAILED',
    message: '导入时服务器出错，没有写入任何数据；详情见服务器日志',
  }
}
