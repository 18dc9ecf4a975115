import type { Query, Transaction } from '../db/sql.ts'
import { idText } from '../person/viewer.ts'
import { cityChannels } from './channels.ts'
import {
  type Notice,
  type NoticeChannels,
  type NoticeFilter,
  NoticeKind,
  type NoticeList,
  type NoticePreference,
  type NoticeRead,
} from './contract.ts'

/** The notices of whoever the transaction is bound to: unread ones first, then the newest. */
export async function listNotices(tx: Query, filter: NoticeFilter): Promise<NoticeList> {
  const [unread, id] = filter.after?.split('-').map(Number) ?? []
  const beyond =
    id === undefined ? tx`` : tx`where (n.read_at is null, n.id) < (${unread === 1}, ${id}::bigint)`
  const found = await tx<Notice[]>`
    select n.id, n.kind, n.title, n.text, n.link, n.noun, n.row_id, n.at, n.read_at, p.name as for_person
      from notice n left join person p on p.id = n.for_person_id
     ${beyond} order by (n.read_at is null) desc, n.id desc limit ${filter.limit + 1}`
  const rows = found.slice(0, filter.limit)
  const last = rows.at(-1)
  const next = found.length > rows.length && last ? cursorOf(last) : null
  return { unread: await countUnread(tx), rows, next }
}

const cursorOf = ({ readAt, id }: Notice) => `${readAt === null ? 1 : 0}-${id}`

/** Of whoever the transaction is bound to. */
export async function countUnread(tx: Query): Promise<number> {
  const [row] = await tx<{ unread: number }[]>`
    select count(*)::integer as unread from notice where read_at is null`
  return row?.unread ?? 0
}

/** Marks what the transaction's person names; what is read already keeps its time. */
export async function markRead(tx: Transaction, read: NoticeRead): Promise<number> {
  const which = 'ids' in read ? tx`id = any(${idText(read.ids)}::bigint[])` : tx`id <= ${read.upTo}`
  await tx`update notice set read_at = app_now() where read_at is null and ${which}`
  return countUnread(tx)
}

/** What the transaction's person wants of each kind, the city's usual channels where nothing was chosen. */
export async function readPreference(tx: Query, personId: number): Promise<NoticePreference> {
  const usual = await cityChannels(tx)
  const chosen = await tx<NoticeChannels[]>`select kind, email, webhook from notice_preference`
  const [person] = await tx<{ email: string | null; mailOn: boolean }[]>`
    select email, exists (select from setting where key = 'notice_mail' and value = 'true') as mail_on
      from person where id = ${personId}`
  return {
    rows: NoticeKind.options.map(
      (kind) => chosen.find((one) => one.kind === kind) ?? { kind, ...usual[kind] },
    ),
    email: person?.email ?? null,
    mailOn: person?.mailOn ?? false,
  }
}

export async function setPreference(
  tx: Transaction,
  personId: number,
  rows: readonly NoticeChannels[],
): Promise<void> {
  for (const { kind, email, webhook } of rows) {
    await tx`
      insert into notice_preference (person_id, kind, email, webhook)
      values (${personId}, ${kind}, ${email}, ${webhook})
      on conflict (person_id, kind) do update set email = excluded.email, webhook = excluded.webhook`
  }
}
