import { readFile } from 'node:fs/promises'
import type { Database } from 'api/db/database'
import { connect } from 'api/db/sql'
import { inject } from 'vitest'
import { databaseUrl } from './database.ts'

/** Makes ready to end the database under the feet of every connection: kill -9 of the embedded one, else of all backends. */
export async function prepareCut(db: Database): Promise<() => Promise<void>> {
  const target = inject('database')
  if (target?.kind === 'embedded') {
    const pid = await childOf(target.parent)
    return async () => void process.kill(pid, 'SIGKILL')
  }
  const admin = connect((await databaseUrl(db)) ?? '', { max: 1, applicationName: 'onemap-test' })
  return async () => {
    await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`
    await admin.end()
  }
}

/** Opens every connection of the pool: one that is cut off while it opens is a fault of the driver, not of a write. */
export async function openAllConnections(db: Database): Promise<void> {
  const connections = Array.from({ length: db.sql.options.max }, () => db.sql.reserve())
  for (const connection of await Promise.all(connections)) connection.release()
}

async function childOf(parent: number): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')
  for (const pid of children.trim().split(' ').map(Number)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (command.includes('embedded-process')) return pid
  }
  throw new Error('no embedded database runs')
}
