/*
 * The demo's way in: its people get passwords that follow from the secret of the server, so that each
 * start can print them. A database without a pack has no such people.
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { chinaDate } from '../clock.ts'
import type { Database } from '../db/database.ts'
import { createDevice } from '../device/write.ts'
import type { Env } from '../env.ts'
import type { Role } from '../person/contract.ts'
import { passwordHash } from './hash.ts'
import { storePassword } from './password.ts'
import { secretOf } from './secret.ts'

const wallLogin = 'wall-demo'
const author = { actor: '城市数据包', reason: '示范账号' }
const DemoSetting = z.object({ logins: z.array(z.string()), wall: z.string() })

interface DemoPerson {
  login: string
  name: string
  role: Role
  password: string
}

export interface Demo {
  people: DemoPerson[]
  /** The wall's; null where it was revoked. */
  wallToken: string | null
}

/**
 * Lets the people of the demo in, and tells with what; who has changed the password since is left out.
 * Null where the database holds no demo.
 */
export async function openDemo(
  db: Database,
  env: Pick<Env, 'ONEMAP_SECRET'>,
): Promise<Demo | null> {
  const [setting] = await db.sql<{ value: unknown }[]>`
    select value from setting where key = 'demo'`
  if (!setting) return null
  const { logins, wall } = DemoSetting.parse(setting.value)
  const secret = await secretOf(db.sql, env)
  const rows = await db.sql<
    { id: number; login: string; name: string; role: Role; isOpen: boolean; isOurs: boolean }[]
  >`
    select p.id, p.login, p.name, a.id is not null as is_open,
           a.password_at is null as is_ours,
           (select role from role_grant g where g.person_id = p.id order by g.id limit 1) as role
      from person p
      left join auth_account a on a.user_id = p.id and a.provider_id = 'credential'
     where p.login in ${db.sql(logins)} and p.disabled_at is null order by p.id`
  const people = rows
    .filter(({ isOurs }) => isOurs)
    .map((row) => ({ ...row, password: demoPassword(secret, row.login) }))
  for (const { id, password } of people.filter(({ isOpen }) => !isOpen)) {
    await storePassword(db.sql, id, await passwordHash.make(password), { chosen: false })
  }
  return {
    people: people.map(({ login, name, role, password }) => ({ login, name, role, password })),
    wallToken: await openWall(db, wall, derived(secret, wallLogin)),
  }
}

async function openWall(db: Database, name: string, token: string): Promise<string | null> {
  const [known] = await db.sql<{ disabledAt: string | null }[]>`
    select disabled_at from person where login = ${wallLogin}`
  if (known) return known.disabledAt === null ? token : null
  const day = chinaDate(db.clock.now())
  await db.transact(author, (tx) => createDevice(tx, name, token, day, wallLogin))
  return token
}

const derived = (secret: string, of: string) =>
  createHmac('sha256', secret).update(`demo ${of}`).digest('hex')

/** Three words of four that can be read aloud: no letter that looks like a digit. */
export function demoPassword(secret: string, login: string): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
  const bytes = [...Buffer.from(derived(secret, login), 'hex')].slice(0, 12)
  const text = bytes.map((byte) => signs[byte % signs.length]).join('')
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`
}
