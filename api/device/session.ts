import { realClock } from '../clock.ts'
import type { Sql } from '../db/sql.ts'
import { hashToken } from '../session/adapter.ts'

/** A wall that may come in. */
export interface Device {
  personId: number
}

/** The wall of a token; null where it is unknown, revoked or past its year. */
export async function findDevice(sql: Sql, token: string): Promise<Device | null> {
  const [device] = await sql<Device[]>`
    select person_id from device
     where token = ${hashToken(token)} and revoked_at is null and expires_at > ${realClock.now()}`
  return device ?? null
}
