import type { Database } from '../db/database.ts'
import type { Transaction } from '../db/sql.ts'
import { readEnv } from '../env.ts'
import { PhotoStore } from './store.ts'
import { KEEPING_LOCK } from './write.ts'

/** How long an upload may stay unclaimed, by the application's clock. */
const openMs = 24 * 3_600_000
const everyMs = 3_600_000

/**
 * Removes what nobody can reach: uploads that were not claimed for a day, and files that no photo names
 * (a server ended between keeping them and writing them down, or the photo was taken back). Once an
 * hour; keeping waits meanwhile.
 */
export async function sweepPhotos(
  db: Database,
  now: Date,
  folder: string = readEnv(process.env).ONEMAP_DATA,
): Promise<void> {
  const store = new PhotoStore(folder)
  const sweep = async (tx: Transaction) => {
    if (!(await isDue(tx, now))) return
    await tx`select pg_advisory_xact_lock(${KEEPING_LOCK})`
    // An upload is written down before its file is made: what is listed now has its row by then.
    const coming = await store.listComing()
    await tx`delete from photo_upload where begun_at < ${new Date(now.getTime() - openMs).toISOString()}`
    const open = new Set(
      (await tx<{ id: string }[]>`select id from photo_upload`).map(({ id }) => id),
    )
    const rows = await tx<{ sha256: string }[]>`select distinct kept_sha256 as sha256 from photo`
    const kept = new Set(rows.map(({ sha256 }) => sha256))
    await store.removeComing(coming.filter((id) => !open.has(id)))
    await store.sweep((sha256) => kept.has(sha256))
  }
  await db.transact({ actor: '系统', reason: '清理没有传完的文件' }, sweep, now)
}

/** Whether an hour has gone by since the last time, which this one becomes then. */
async function isDue(tx: Transaction, now: Date): Promise<boolean> {
  const [last] = await tx<{ at: string }[]>`
    select value #>> '{}' as at from setting where key = 'photo_swept'`
  const ago = now.getTime() - Date.parse(last?.at ?? '')
  if (ago >= 0 && ago < everyMs) return false
  await tx`
    insert into setting (key, value) values ('photo_swept', to_jsonb(${now.toISOString()}::text))
    on conflict (key) do update set value = excluded.value`
  return true
}
