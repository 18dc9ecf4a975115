/*
 * npm run audit: checks the record and what it covers, and ends with status 1 at the first damage.
 */

import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { runCommand } from '../command.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { packStart } from '../db/seed/load.ts'
import { type Env, readEnv } from '../env.ts'
import { chainAudit } from './append.ts'
import { archiveAudit, verifyArchive } from './archive.ts'
import { recordCheck } from './check-run.ts'
import type { Damage } from './damage.ts'
import { digest } from './entry.ts'
import { recordEvent } from './event.ts'
import { AuditRule, readRule, writeRule } from './rule.ts'
import { type Verification, verifyAudit } from './verify.ts'

const USAGE = `用法 / usage:
  npm run audit                     核对全部留痕和它所涵盖的历史；有损坏时指出第一处，退出码 1
  npm run audit -- --head 哈希      同时核对早先记下的末尾哈希仍在链上（末尾被截去即可发现）
  npm run audit -- --archive 文件   把超过保存期的留痕移入一个新文件；此事本身记入留痕
  npm run audit -- --read 文件      核对一个存档文件，以及它所涵盖的历史
  npm run audit -- --use sm3        自下一条起用 SM3（或 sha256）
  npm run audit -- --keep 730       保存天数，不少于 365
  选项 --json 以 JSON 输出，--actor 姓名 写明操作人（默认是系统用户名）
内置数据库正在被服务器使用时，请先停止服务器，或在调度台的“留痕”页核对`

const options = {
  head: { type: 'string' },
  archive: { type: 'string' },
  read: { type: 'string' },
  use: { type: 'string' },
  keep: { type: 'string' },
  actor: { type: 'string' },
  json: { type: 'boolean' },
} as const

await runCommand({ usage: USAGE, needsArguments: false, run })

async function run(args: string[]): Promise<number> {
  const asked = parse(args)
  const rule = readAsked(asked)
  const env = readEnv(process.env)
  const db = await openHere(env)
  try {
    await db.sql`select publish_change()`
    await chainAudit(db)
    const actor = asked.actor ?? `${userInfo().username}（命令行）`
    if (rule) return await change(db, rule, actor)
    if (asked.archive !== undefined) return await archive(db, asked.archive, actor)
    if (asked.read !== undefined) return await read(db, asked.read)
    return await verify(db, { head: asked.head?.toLowerCase(), json: asked.json ?? false, actor })
  } finally {
    await db.close()
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new Error(`USAGE: ${(error as Error).message}\n${USAGE}`)
  }
}

/** The change of the rule that was asked for; null where none was. */
function readAsked({ use, keep, head }: ReturnType<typeof parse>): Partial<AuditRule> | null {
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head)) {
    throw new Error(`USAGE: --head 是“${head}”，应为 64 个十六进制字符`)
  }
  if (use !== undefined && !AuditRule.shape.algorithm.safeParse(use).success) {
    throw new Error(`USAGE: --use 是“${use}”，应为 sha256 或 sm3`)
  }
  if (keep !== undefined && !AuditRule.shape.keepDays.safeParse(Number(keep)).success) {
    throw new Error(`USAGE: --keep 是“${keep}”，应为不少于 365 的整数天数`)
  }
  const rule = {
    ...(use !== undefined && { algorithm: use as AuditRule['algorithm'] }),
    ...(keep !== undefined && { keepDays: Number(keep) }),
  }
  return Object.keys(rule).length === 0 ? null : rule
}

async function openHere(env: Env): Promise<Database> {
  const pack = env.ONEMAP_PACK ?? (env.DATABASE_URL ? 'none' : 'zhuzhou')
  return openDatabase(env, pack === 'none' ? {} : { clockStart: await packStart(pack) })
}

async function change(db: Database, asked: Partial<AuditRule>, actor: string): Promise<number> {
  const rule = { ...(await readRule(db.sql)), ...asked }
  digest(rule.algorithm, '')
  await db.sql.begin(async (tx) => {
    await writeRule(tx, rule)
    const reason = `留痕规则：${rule.algorithm}，保存 ${rule.keepDays} 天`
    await recordEvent(tx, db.clock.now(), {
      kind: 'administration',
      personId: null,
      actor,
      reason,
      detail: rule,
    })
  })
  await chainAudit(db)
  console.log(`✓ 自下一条起用 ${rule.algorithm}，保存 ${rule.keepDays} 天`)
  return 0
}

async function archive(db: Database, file: string, actor: string): Promise<number> {
  const head = await archiveAudit(db, file, { actor, reason: '留痕存档' })
  console.log(`✓ 第 ${head.from} 至 ${head.to} 条已移入 ${file}`)
  console.log(`  末尾哈希 ${head.head}`)
  console.log(`  文件 SHA-256 ${head.sha256}`)
  return 0
}

async function read(db: Database, file: string): Promise<number> {
  const { head, entries, isRecorded, damage } = await verifyArchive(db, file)
  if (damage) return tellDamage(damage)
  console.log(
    `✓ 存档完好：第 ${head.from} 至 ${head.to} 条，共 ${entries} 条，末尾哈希 ${head.head}`,
  )
  console.log(isRecorded ? '✓ 链上有它的存档记录' : '✗ 链上没有它的存档记录：不是这个数据库的存档')
  return isRecorded ? 0 : 1
}

async function verify(
  db: Database,
  { head, json, actor }: { head: string | undefined; json: boolean; actor: string },
): Promise<number> {
  const progress = process.stderr.isTTY && !json ? tellProgress : undefined
  const found = await verifyAudit(db, { head, progress })
  await recordCheck(db, { actor, reason: '核对留痕' }, found)
  await chainAudit(db)
  if (json) console.log(JSON.stringify(found))
  else if (found.damage) tellDamage(found.damage)
  else tellSound(found)
  return found.damage ? 1 : 0
}

function tellProgress(done: number, total: number): void {
  process.stderr.write(`\r核对 ${done}/${total}${done === total ? '\n' : ''}`)
}

function tellDamage({ message, n, table, rowId, field }: Damage): number {
  console.log(`✗ 第一处损坏：${message}`)
  console.log(
    `  留痕编号 ${n ?? '无'}，表 ${table ?? '未知'}，记录 ${rowId ?? '无'}，字段 ${field ?? '无法判断'}`,
  )
  return 1
}

function tellSound(found: Verification): void {
  const { entries, first, last, algorithms, head, archived, unreadable } = found
  if (!head) {
    console.log('✓ 还没有留痕')
    return
  }
  const day = (at: string | null) => at?.slice(0, 10)
  console.log(
    `✓ 留痕完好：${entries} 条，${day(first)} 至 ${day(last)}（UTC），${algorithms.join('、')}`,
  )
  if (archived > 0) console.log(`  第 1 至 ${archived} 条在存档文件里，用 --read 核对`)
  if (unreadable > 0) console.log(`  ${unreadable} 个版本的字段已被后来的升级删去，只核对了链`)
  console.log(`  末尾第 ${head.n} 条的哈希 ${head.hash}`)
  console.log('  请把它抄在别处；以后用 --head 核对，可发现末尾被截去')
}
