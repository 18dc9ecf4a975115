import type { Database } from '../db/database.ts'
import { patienceMs } from './deliver.ts'

/** Gives up what has been due for days and could not be tried: mail or a robot switched off meanwhile. */
export async function expireDeliveries(db: Database, now: Date): Promise<void> {
  await db.transact(
    { actor: '通知', reason: '过期' },
    (tx) => tx`
      update delivery set state = 'dead', last_error = coalesce(last_error, '发送渠道已停用')
       where state in ('waiting', 'failed') and next_at <= ${now}
         and created_at < ${new Date(now.getTime() - patienceMs)}`,
    now,
  )
}
