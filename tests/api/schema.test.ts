import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from 'api/db/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { schemaText } from '../support/schema-text.ts'

const file = fileURLToPath(new URL('../../api/db/schema.sql', import.meta.url))
const head = `-- What the migrations add up to, for reading and for review: not run by anything.
-- After a new migration: REGEN=1 npm test -- --only server api/schema\n\n`

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('schema.sql says what the migrations make, the same on both databases', async () => {
  const text = head + (await schemaText(db.sql))
  if (process.env['REGEN']) writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
