import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Sql, type Transaction, takeYourTime } from './sql.ts'

const folder = fileURLToPath(new URL('../../db/migrations', import.meta.url))

export interface Migration {
  name: string
  sha256: string
  text: string
}

/** The migrations of a folder in order of name. */
export async function readMigrations(from: string = folder): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${from}/${name}`, 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * Applies what is new, each migration in its own transaction, one server at a time.
 * @returns the names applied now.
 * @throws Error `MIGRATION_CHANGED` when an applied file differs from its record, `MIGRATION_MISSING`
 * when the database knows one that this program does not, `MIGRATION_INVALID` when one holds
 * transaction control, `MIGRATION_FAILED` with its name;
 * in every case nothing of the refused migration stays.
 */
export async function migrate(sql: Sql, migrations: Migration[]): Promise<string[]> {
  await sql.begin(async (tx) => {
    await alone(tx)
    await tx`create table if not exists migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`
  })
  const applied: string[] = []
  for (const migration of migrations) {
    const done = await sql.begin(async (tx) => {
      await alone(tx)
      const known = await tx<{ name: string; sha256: string }[]>`select name, sha256 from migration`
      checkRecord(known, migrations)
      if (known.some((row) => row.name === migration.name)) return false
      checkStatements(migration)
      await tx.unsafe(migration.text).catch((error: Error) => {
        throw new Error(`MIGRATION_FAILED: ${migration.name}: ${error.message}`, { cause: error })
      })
      await tx`insert into migration (name, sha256) values (${migration.name}, ${migration.sha256})`
      return true
    })
    if (done) applied.push(migration.name)
  }
  return applied
}

/** Held to the end of the transaction; "if not exists" alone does not keep two servers apart. */
async function alone(tx: Transaction): Promise<void> {
  await takeYourTime(tx)
  await tx`select pg_advisory_xact_lock(727000)`
}

/** Half of a migration that ends its own transaction would stay when the other half fails. */
function checkStatements({ name, text }: Migration): void {
  const bare = text.replace(/--.*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1/g, ' ')
  const first =
    /^\s*(begin|start|commit|end|rollback|abort|savepoint|release|prepare\s+transaction)\b/i
  for (const statement of bare.split(';')) {
    const word = first.exec(statement)?.[1]
    if (word === undefined) continue
    throw new Error(
      `MIGRATION_INVALID: ${name} holds ${word.toUpperCase()}; a migration runs in one transaction that the program ends`,
    )
  }
}

function checkRecord(known: { name: string; sha256: string }[], migrations: Migration[]): void {
  for (const row of known) {
    const file = migrations.find((migration) => migration.name === row.name)
    if (!file) {
      throw new Error(
        `MIGRATION_MISSING: the database has ${row.name}, which this version does not know; run the newer version`,
      )
    }
    if (file.sha256 !== row.sha256) {
      throw new Error(
        `MIGRATION_CHANGED: ${row.name} was changed after it was applied; restore it and add a new migration instead`,
      )
    }
  }
}
