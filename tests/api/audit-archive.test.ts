import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { chainAudit } from 'api/audit/append'
import { archiveAudit, verifyArchive } from 'api/audit/archive'
import { verifyAudit } from 'api/audit/verify'
import type { Database } from 'api/db/database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

let db: Database
let folder: string
/** What the clock says. */
let today: string
beforeEach(async () => {
  today = '2021-01-05'
  db = await openTestDatabase({ now: () => new Date(`${today}T09:00:00+08:00`), simulated: true })
  folder = await mkdtemp(join(tmpdir(), 'onemap-archive-'))
  await record()
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const author = { actor: '审计员', reason: '存档测试' }
const file = (name = 'audit') => join(folder, `${name}.ndjson.gz`)

/** On a day: adds a unit, or renames one that is there, and chains it. */
async function write(day: string, code: string): Promise<void> {
  today = day
  await db.transact(
    author,
    (tx) => tx`
      insert into unit (code, name, short_name, level) values (${code}, ${`${code} ${day}`}, ${code}, 'unit')
      on conflict (code) do update set name = excluded.name`,
  )
  await db.sql`select publish_change()`
  await chainAudit(db)
}

async function record(): Promise<void> {
  await write('2021-01-05', 'a')
  await write('2021-06-05', 'a')
  await write('2022-03-01', 'b')
  await write('2023-05-01', 'c')
}

test('what is old goes into a file; what is left and the file both still verify', async () => {
  const noted = await verifyAudit(db)
  const head = await archiveAudit(db, file(), author)
  // A shape and three changes; the newest entries are younger than a year.
  expect([head.from, head.to]).toEqual([1, 4])
  expect(await verifyAudit(db, { head: noted.head?.hash })).toMatchObject({
    archived: 4,
    damage: null,
    unreadable: 0,
  })
  expect((await verifyAudit(db, { head: head.head })).damage).toBeNull()
  expect(await verifyArchive(db, file())).toMatchObject({
    entries: 4,
    isRecorded: true,
    damage: null,
  })
  const [entry] = await db.sql`select actor, reason, detail from audit where kind = 'archive'`
  expect(entry).toMatchObject({ ...author, detail: { from: 1, to: 4, head: head.head } })
  expect(await db.sql`select seq from change order by seq`).toHaveLength(1)
  // History stays: that day can still be looked at.
  expect(await db.sql`select from unit_history where name = 'a 2021-01-05'`).toHaveLength(1)
})

test('the chain goes on after an archive, and the next one follows it', async () => {
  await archiveAudit(db, file('first'), author)
  await write('2024-06-01', 'd')
  await write('2025-07-01', 'a')
  const second = await archiveAudit(db, file('second'), author)
  expect(second.from).toBe(5)
  expect((await verifyAudit(db)).damage).toBeNull()
  expect((await verifyArchive(db, file('second'))).damage).toBeNull()
  await write('2025-07-02', 'e')
  const [last] = await db.sql`select max(seq) as last, count(*) as n from change`
  expect(last).toEqual({ last: 7, n: 2 })
})

test('nothing younger than is prescribed is archived, and no file is overwritten', async () => {
  await archiveAudit(db, file(), author)
  await expect(archiveAudit(db, file('again'), author)).rejects.toThrow('ARCHIVE_EMPTY')
  await write('2026-01-01', 'z')
  await expect(archiveAudit(db, file(), author)).rejects.toThrow('EEXIST')
  expect((await verifyAudit(db)).damage).toBeNull()
})

test('a damaged record is not archived', async () => {
  await db.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update audit set actor = '别人' where n = 2`
  })
  await expect(archiveAudit(db, file(), author)).rejects.toThrow('AUDIT_DAMAGED')
})

test('tampering with the file, or with the history that it covers, is found', async () => {
  await archiveAudit(db, file(), author)
  const lines = gunzipSync(await readFile(file()))
    .toString()
    .split('\n')
  const forged = lines.map((line) => line.replace('审计员', '别人'))
  await writeFile(file('forged'), gzipSync(forged.join('\n')))
  expect(await verifyArchive(db, file('forged'))).toMatchObject({ damage: { n: 2 } })
  await writeFile(file('cut'), gzipSync(`${lines.slice(0, -2).join('\n')}\n`))
  expect(await verifyArchive(db, file('cut'))).toMatchObject({ damage: { n: 4 } })
  await db.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update unit_history set name = '改写' where name = 'a 2021-01-05'`
  })
  expect(await verifyArchive(db, file())).toMatchObject({
    damage: { n: 2, table: 'unit_history', rowId: 1 },
  })
})

test('entries taken away without an archive are missed', async () => {
  await db.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`delete from audit where n <= 3`
  })
  expect((await verifyAudit(db)).damage).toMatchObject({ n: 1, table: 'audit' })
})
