/*
 * npm run import -- FILE …: sends the file to the server that holds the embedded database, or
 * opens the database itself where none runs.
 */

import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommand } from '../command.ts'
import { openDatabase } from '../db/database.ts'
import { readHolder } from '../db/folder-lock.ts'
import { packStart } from '../db/seed/load.ts'
import { type Env, readEnv } from '../env.ts'
import { ImportLine, ImportNoun, type ImportReport } from './contract.ts'
import { ImportFailure } from './failure.ts'
import { importFile } from './import-file.ts'
import { progressLine, renderReport } from './render.ts'
import { readMap } from './routes.ts'

const USAGE = `用法 / usage:
  npm run import -- 文件 [选项]

  文件          CSV（UTF-8、GB18030）、XLSX 或 GeoJSON
  --as 类别     project park unit plan milestone investment report reference；不写则由表头判断
  --crs 坐标系  auto wgs84 cgcs2000 gcj02 bd09 gk3-38 gk6-19 gk3-cm113 …；默认 auto
  --year 年     补上省略了年份的日期（5月底）
  --map 文件    JSON：{"表头":"字段"}，如 {"投资额":"totalWan(亿元)"}
  --dry-run     只比对，不写入
  --partial     有拒收的行时，仍写入其余的行
  --json        报告以 JSON 输出
  --actor 姓名  操作人，默认是系统用户名`

interface Request {
  path: string
  fileName: string
  as: ImportNoun | undefined
  crs: string
  year: number | undefined
  map: string | undefined
  dryRun: boolean
  partial: boolean
  json: boolean
  actor: string
}

type Progress = (step: string, done: number, total: number | null) => void

await runCommand({ usage: USAGE, needsArguments: true, run })

async function run(args: string[]): Promise<number> {
  const request = await readRequest(args)
  const bytes = await readFile(request.path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`FILE_NOT_READABLE: ${request.path}：${error.code ?? error.message}`)
  })
  const env = readEnv(process.env)
  const progress: Progress = request.json ? () => {} : progressLine(process.stderr)
  const holder = env.DATABASE_URL ? null : await readHolder(env.ONEMAP_DATA)
  const report = holder?.url
    ? await sendToServer({ url: holder.url, key: holder.key ?? '' }, request, bytes, progress)
    : await importHere(env, request, bytes, progress)
  if (!request.json) process.stderr.write('\n')
  console.log(request.json ? JSON.stringify(report) : renderReport(report))
  return report.counts.refused > 0 ? 1 : 0
}

async function readRequest(args: string[]): Promise<Request> {
  const { values, positionals } = parseOrExplain(args)
  const [path] = positionals
  if (path === undefined || positionals.length > 1) {
    throw new Error(`USAGE: 应给出一个文件，给出了 ${positionals.length} 个\n${USAGE}`)
  }
  const as = values.as === undefined ? undefined : ImportNoun.safeParse(values.as)
  if (as && !as.success) {
    throw new Error(`USAGE: --as 是“${values.as}”，应为 ${ImportNoun.options.join('、')} 之一`)
  }
  const year = values.year === undefined ? undefined : Number(values.year)
  if (year !== undefined && !(Number.isInteger(year) && year >= 1990 && year <= 2100)) {
    throw new Error(`USAGE: --year 是“${values.year}”，应为 1990 到 2100 的年份`)
  }
  const map = values.map === undefined ? undefined : await readText(values.map)
  if (map !== undefined) readMap(map)
  return {
    path,
    fileName: basename(path),
    as: as?.data,
    crs: values.crs ?? 'auto',
    year,
    map,
    dryRun: values['dry-run'] ?? false,
    partial: values.partial ?? false,
    json: values.json ?? false,
    actor: values.actor ?? `${userInfo().username}（命令行）`,
  }
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`FILE_NOT_READABLE: ${path}：${error.code ?? error.message}`)
  })
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        crs: { type: 'string' },
        year: { type: 'string' },
        map: { type: 'string' },
        actor: { type: 'string' },
        'dry-run': { type: 'boolean' },
        partial: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Error(`USAGE: ${(error as Error).message}\n${USAGE}`)
  }
}

async function importHere(
  env: Env,
  request: Request,
  bytes: Uint8Array,
  progress: Progress,
): Promise<ImportReport> {
  const pack = env.ONEMAP_PACK ?? (env.DATABASE_URL ? 'none' : 'zhuzhou')
  const db = await openDatabase(env, {
    progress: (step) => progress(step, 0, null),
    ...(pack === 'none' ? {} : { clockStart: await packStart(pack) }),
  })
  try {
    const { as, year, map, crs, dryRun, partial, fileName } = request
    return await importFile(db, {
      bytes,
      fileName,
      crs,
      dryRun,
      partial,
      ...(as && { as }),
      ...(year !== undefined && { year }),
      ...(map !== undefined && { map: readMap(map) }),
      author: { actor: request.actor, reason: `导入 ${fileName}` },
      progress,
    })
  } finally {
    await db.close()
  }
}

async function sendToServer(
  { url, key }: { url: string; key: string },
  request: Request,
  bytes: Uint8Array,
  progress: Progress,
): Promise<ImportReport> {
  const query = new URLSearchParams({
    fileName: request.fileName,
    crs: request.crs,
    dryRun: String(request.dryRun),
    partial: String(request.partial),
    ...(request.as && { as: request.as }),
    ...(request.year !== undefined && { year: String(request.year) }),
    ...(request.map !== undefined && { map: request.map }),
  })
  const response = await fetch(`${url.replace(/\/$/, '')}/api/import?${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      authorization: `Bearer ${key}`,
      'x-onemap-operator': encodeURIComponent(request.actor),
    },
    body: new Uint8Array(bytes),
  })
  if (!response.ok || !response.body) {
    const text = await response.text()
    const body = /^\s*\{/.test(text) ? JSON.parse(text) : {}
    const { code = `HTTP_${response.status}`, message = text.slice(0, 200) } = body.error ?? {}
    throw new Error(`${code}: ${message}`)
  }
  for await (const line of linesOf(response.body)) {
    const parsed = ImportLine.parse(JSON.parse(line))
    if ('report' in parsed) return parsed.report
    if ('error' in parsed) throw new ImportFailure(parsed.error.code, parsed.error.message)
    progress(parsed.progress.step, parsed.progress.done, parsed.progress.total)
  }
  throw new Error(
    'CONNECTION_LOST: 服务器在报告之前断开了连接；请查看服务器是否还在运行，再导入一次',
  )
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield line
  }
  if (rest.trim() !== '') yield rest
}
