import { randomBytes, randomInt } from 'node:crypto'
import { realClock } from '../clock.ts'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, notFound } from '../http/failure.ts'
import { hashToken } from '../session/adapter.ts'
import type { Device, Heartbeat, Pairing } from './contract.ts'

const validDays = 365
const pairingMinutes = 10
/** Walls that wait at a time: anybody may ask for a code. */
const mostWaiting = 100

export const newToken = (): string => randomBytes(24).toString('hex')

/** What a paired wall's cookie holds: only the wall itself knows the secret. */
export const pairedToken = (secret: string): string => hashToken(`device ${secret}`)

/** Every wall, those that may still come in first; or one of them. */
export async function listDevices(sql: Query, id: number | null = null): Promise<Device[]> {
  const rows = await sql<
    (Omit<Device, 'screen'> & { screenWidth: number; screenHeight: number })[]
  >`
    select d.person_id as id, p.name, d.created_at, d.expires_at, d.revoked_at, d.last_seen_at,
           d.address, d.page_version, d.screen_width, d.screen_height
      from device d join person p on p.id = d.person_id
     where d.person_id = coalesce(${id}::bigint, d.person_id)
     order by d.revoked_at is not null, p.name, p.id`
  return rows.map(({ screenWidth, screenHeight, ...device }) => ({
    ...device,
    screen: screenWidth === null ? null : { width: screenWidth, height: screenHeight },
  }))
}

/**
 * A wall with its role, from today on.
 * @param day the application's.
 * @returns its id.
 */
export async function createDevice(
  tx: Transaction,
  name: string,
  token: string,
  day: string,
  login = `wall-${randomBytes(4).toString('hex')}`,
): Promise<number> {
  const now = realClock.now()
  const [person] = await tx<{ id: number }[]>`
    insert into person (login, name, kind) values (${login}, ${name}, 'device') returning id`
  if (!person) throw new ApiFailure(500, 'INTERNAL', '大屏没有写入')
  await tx`
    insert into role_grant (person_id, role, scope, valid_from)
    values (${person.id}, 'device', 'city', ${day})`
  await tx`
    insert into device (person_id, token, created_at, expires_at)
    values (${person.id}, ${hashToken(token)}, ${now}, ${later(now, validDays * 86_400_000)})`
  return person.id
}

/** @throws ApiFailure 404 `DEVICE_NOT_FOUND`. */
export async function revokeDevice(tx: Transaction, id: number): Promise<void> {
  const { count } = await tx`
    update device set revoked_at = coalesce(revoked_at, ${realClock.now()}) where person_id = ${id}`
  if (count === 0) throw notFound('device', '大屏', id)
  await tx`update person set disabled_at = app_now() where id = ${id} and disabled_at is null`
}

/**
 * A code for a wall that has none of its own keys yet.
 * @throws ApiFailure 429 `PAIRING_BUSY`.
 */
export async function beginPairing(sql: Query): Promise<Pairing> {
  const now = realClock.now()
  const expiresAt = later(now, pairingMinutes * 60_000)
  const secret = newToken()
  await sql`delete from device_pairing where expires_at < ${now}`
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const { count } = await sql`
    insert into device_pairing (secret, code, expires_at)
    select ${hashToken(secret)}, ${code}, ${expiresAt}
     where (select count(*) from device_pairing where person_id is null) < ${mostWaiting}
    on conflict (code) do nothing`
  if (count === 1) return { code, secret, expiresAt: expiresAt.toISOString() }
  throw new ApiFailure(429, 'PAIRING_BUSY', '等待配对的大屏太多，请稍后再试')
}

/**
 * Lets the wall with a code in; the wall finds its token by the secret that it kept.
 * @throws ApiFailure 404 `PAIRING_NOT_FOUND`.
 */
export async function acceptPairing(
  tx: Transaction,
  code: string,
  name: string,
  day: string,
): Promise<number> {
  const [waiting] = await tx<{ secret: string }[]>`
    select secret from device_pairing
     where code = ${code} and person_id is null and expires_at > ${realClock.now()} for update`
  if (!waiting) {
    throw new ApiFailure(404, 'PAIRING_NOT_FOUND', `没有大屏在等待配对码 ${code}，可能已过期`)
  }
  // Known only once the wall asks again with its secret.
  const id = await createDevice(tx, name, newToken(), day)
  await tx`update device_pairing set person_id = ${id} where secret = ${waiting.secret}`
  return id
}

/**
 * Whether the wall has been let in meanwhile; then its token opens.
 * @throws ApiFailure 410 `PAIRING_EXPIRED`.
 */
export async function lookAtPairing(sql: Query, secret: string): Promise<'waiting' | 'paired'> {
  const [row] = await sql<{ personId: number | null }[]>`
    select person_id from device_pairing
     where secret = ${hashToken(secret)} and expires_at > ${realClock.now()}`
  if (!row) throw new ApiFailure(410, 'PAIRING_EXPIRED', '配对码已过期，请换一个')
  if (row.personId === null) return 'waiting'
  await sql`
    update device set token = ${hashToken(pairedToken(secret))} where person_id = ${row.personId}`
  return 'paired'
}

/** What a wall tells of itself. */
export async function keepHeartbeat(
  sql: Query,
  personId: number,
  { pageVersion, width, height }: Heartbeat,
  address: string,
): Promise<void> {
  await sql`
    update device set last_seen_at = ${realClock.now()}, address = ${address},
           page_version = ${pageVersion}, screen_width = ${width}, screen_height = ${height}
     where person_id = ${personId}`
}

const later = (from: Date, ms: number) => new Date(from.getTime() + ms)
