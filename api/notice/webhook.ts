import { randomBytes } from 'node:crypto'
import type { Query, Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import type { NoticeWebhook, NoticeWebhookInput } from './contract.ts'
import { checkAddress } from './outside.ts'
import type { Robot } from './robot.ts'

const columns = ['id', 'name', 'kinds', 'unit_id', 'park_id', 'active']

/** The robots, without their secrets. */
export async function listWebhooks(sql: Query): Promise<NoticeWebhook[]> {
  return sql<NoticeWebhook[]>`select ${sql(columns)} from notice_webhook order by name`
}

/**
 * Makes or changes the robot of that name; the same twice is once.
 * @throws ApiFailure 422 `WEBHOOK_ADDRESS`, `WEBHOOK_ADDRESS_MISSING`.
 */
export async function setWebhook(
  tx: Transaction,
  input: NoticeWebhookInput,
  hosts: readonly string[],
): Promise<NoticeWebhook> {
  const { name, kinds, unitId, parkId, active, url, secret } = input
  if (url !== undefined) checkAddress(url, hosts)
  const values = {
    name,
    kinds: kinds === null ? null : tx.json(kinds),
    unit_id: unitId,
    park_id: parkId,
    active,
  }
  const [known] = await tx<{ id: number }[]>`
    select id from notice_webhook where name = ${name} for update`
  if (!known && url === undefined) {
    const message = '新的机器人须填写地址（企业微信群机器人的 Webhook 地址）'
    throw fieldFailure(422, 'WEBHOOK_ADDRESS_MISSING', message, 'url', null)
  }
  const [saved] = known
    ? await tx<NoticeWebhook[]>`
        update notice_webhook set ${tx(values)} where id = ${known.id} returning ${tx(columns)}`
    : await tx<NoticeWebhook[]>`
        insert into notice_webhook ${tx(values)} returning ${tx(columns)}`
  if (!saved) throw new ApiFailure(500, 'INTERNAL', '机器人没有写入')
  await keepSecrets(tx, saved.id, { url, secret })
  return saved
}

/** A robot that nobody gave a secret signs with one that nobody knows. */
async function keepSecrets(
  tx: Transaction,
  id: number,
  { url, secret }: { url: string | undefined; secret: string | undefined },
): Promise<void> {
  if (url !== undefined) {
    await tx`
      insert into notice_webhook_secret (webhook_id, url, secret)
      values (${id}, ${url}, ${secret ?? randomBytes(32).toString('hex')})
      on conflict (webhook_id) do update set url = excluded.url, quiet_until = null`
  }
  if (secret !== undefined)
    await tx`update notice_webhook_secret set secret = ${secret} where webhook_id = ${id}`
}

/**
 * What a robot is reached by; leaves the server in requests to it alone.
 * @throws ApiFailure 404 `WEBHOOK_NOT_FOUND`.
 */
export async function robotOf(sql: Query, id: number): Promise<Robot> {
  const [robot] = await sql<Robot[]>`
    select url, secret from notice_webhook_secret where webhook_id = ${id}`
  if (!robot) throw notFound('webhook', '机器人', id)
  return robot
}
