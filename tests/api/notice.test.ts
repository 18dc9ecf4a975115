import type { Asker, Database } from 'api/db/database'
import { type NoticeInput, notify } from 'api/notice/write'
import { wholeCity } from 'api/person/viewer'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'

const program = { actor: '测试', reason: '' }
let db: Database
let wang: number
let li: number
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  await db.sql`truncate notice, person, change, setting, notice_webhook restart identity cascade`
  await db.transact(program, async (tx) => {
    await tx`insert into setting (key, value) values ('notice_mail', 'true')`
    const rows = await tx<{ id: number }[]>`
      insert into person (login, name, email) values
        ('wang', '王五', 'wang@example.org'), ('li', '李四', null) returning id`
    ;[wang, li] = rows.map((row) => row.id) as [number, number]
  })
})

const told = (key: string, personId: number): NoticeInput => ({
  key,
  personId,
  kind: 'issue_assigned',
  title: '新交办的问题：用地指标',
  text: '请于 2023-06-02 前签收',
  link: '/desk?issue=1',
  noun: 'issue',
  rowId: 1,
})
const asker = (personId: number): Asker => ({ personId, scope: wholeCity })
const write = (notices: NoticeInput[], by?: Asker) =>
  db.transact(by ? { ...program, by } : program, (tx) => notify(tx, notices))
const seenBy = (personId: number) =>
  db.read(asker(personId), (tx) => tx<{ key: string }[]>`select key from notice order by key`)

test('the same key is one notice, however often and by whomever it is told', async () => {
  expect(await write([told('a', wang), told('a', wang), told('b', li)], asker(li))).toBe(2)
  expect(await write([told('a', wang)])).toBe(0)
  expect(await seenBy(wang)).toEqual([{ key: 'a' }])
  expect(await seenBy(li)).toEqual([{ key: 'b' }])
})
