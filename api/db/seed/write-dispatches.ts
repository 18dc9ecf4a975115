import { createHash } from 'node:crypto'
import { writeLadder } from '../../body/write.ts'
import type { Owner, OwnerKind } from '../../dispatch/contract.ts'
import type { Self } from '../../dispatch/owner.ts'
import { readDispatch } from '../../dispatch/queries.ts'
import { sendDispatch } from '../../dispatch/send.ts'
import { takeStep } from '../../dispatch/step.ts'
import type { Role } from '../../person/contract.ts'
import type { Author, Database } from '../database.ts'
import type { Transaction } from '../sql.ts'
import type { PackFiles } from './pack.ts'
import type { Entry } from './story.ts'

type Order = PackFiles['dispatch'][number]

/** Writes a pack's coordination ladder, once its people are there. */
export async function writeBodies(
  tx: Transaction,
  { body }: Pick<PackFiles, 'body'>,
): Promise<void> {
  const bodies = []
  for (const { parent, chair, unit, departments, ...rest } of body) {
    const members = []
    for (const name of departments) {
      members.push({ departmentId: await idOf(tx, 'department', name) })
    }
    bodies.push({
      ...rest,
      parentCode: parent,
      chairId: chair === null ? null : ((await holderOf(tx, chair))?.id ?? null),
      unitId: unit === null ? null : await idOf(tx, 'unit', unit),
      members,
    })
  }
  await writeLadder(tx, { seen: 0, bodies, reason: '装载示范数据' })
}

/**
 * Sends a pack's orders and takes their steps, by the rules that hold for everybody, each at its time.
 * They are about delayed projects of their owners. Without a dispatcher nobody could have sent them.
 */
export async function writeDispatches(
  db: Database,
  pack: Pick<PackFiles, 'dispatch'>,
  { entries, author }: { entries: readonly Entry[]; author: Author },
): Promise<void> {
  const sender = await db.sql.begin((tx) => holderOf(tx, 'dispatcher'))
  if (!sender) return
  for (const [index, order] of pack.dispatch.entries()) {
    const key = (name: string) => uuid(`dispatch ${index} ${name}`)
    const id = await db.transact(
      { ...author, actor: sender.name },
      (tx) => send(tx, order, { key: key('sent'), sender, entries }),
      at(order.sent),
    )
    for (const [number, step] of order.steps.entries()) {
      const take = (tx: Transaction) => act(tx, id, step, { key: key(`${number}`), sender })
      await db.transact(author, take, at(step.at))
    }
  }
}

interface Sender {
  id: number
  name: string
}

async function send(
  tx: Transaction,
  order: Order,
  given: { key: string; sender: Sender; entries: readonly Entry[] },
): Promise<number> {
  const { title, demand, origin, priority, dueOn, owners, sent } = order
  const { key, sender, entries } = given
  const tasks = []
  for (const name of owners) {
    const owner = await ownerNamed(tx, name)
    tasks.push({ owner, projectIds: await delayedOf(tx, owner, entries) })
  }
  const input = { key, title, demand, origin, priority, dueOn, issueIds: [], tasks }
  const sending = { senderId: sender.id, senderName: sender.name, today: sent.slice(0, 10) }
  return (await sendDispatch(tx, input, sending)).id
}

/** The first few delayed projects of an owner; a department's are those that it leads. */
async function delayedOf(
  tx: Transaction,
  { kind, id }: Owner,
  entries: readonly Entry[],
): Promise<number[]> {
  const delayed = entries.filter(({ conduct }) => ['slow', 'late-start'].includes(conduct.state))
  const codes = JSON.stringify(delayed.map(({ member }) => member.code))
  const mine = {
    person: tx`false`,
    department: tx`p.lead_department = (select name from department where id = ${id})`,
    unit: tx`p.unit_id = ${id}`,
    park: tx`p.park_id = ${id}`,
  }[kind]
  const rows = await tx<{ id: number }[]>`
    select p.id from project p join jsonb_array_elements_text(${codes}::text::jsonb) c on c = p.code
     where ${mine} order by p.code limit 3`
  return rows.map((row) => row.id)
}

/** Senders act in their own name, owners in that of their place or office. */
async function act(
  tx: Transaction,
  dispatch: number,
  { owner: name, action, at: time, note, dueOn }: Order['steps'][number],
  { key, sender }: { key: string; sender: Sender },
): Promise<void> {
  const owner = await ownerNamed(tx, name)
  const today = time.slice(0, 10)
  const bySender = ['check', 'return', 'recall', 'grant_extension'].includes(action)
  const nobody: Self = { persons: [], departments: [], units: [], parks: [], bodies: [] }
  const self = bySender ? { ...nobody, persons: [sender.id] } : ownerAs(nobody, owner)
  const { taskRows } = await readDispatch(tx, dispatch, { self, today })
  const task = taskRows.find((one) => one.owner.kind === owner.kind && one.owner.id === owner.id)
  if (!task) throw new Error(`STORY_INVALID: order ${dispatch} has no task of ${name}`)
  const who = bySender ? sender : (task.owner.people[0] ?? { id: null, name })
  const step = {
    key,
    action,
    seen: task.state,
    note: note ?? null,
    links: [],
    dueOn: dueOn ?? null,
  }
  await takeStep(tx, task.id, step, { self, today, personId: who.id, name: who.name })
}

function ownerAs(nobody: Self, { kind, id }: Owner): Self {
  const lists = {
    person: 'persons',
    department: 'departments',
    unit: 'units',
    park: 'parks',
  } as const
  return { ...nobody, [lists[kind]]: [id] }
}

async function ownerNamed(tx: Transaction, name: string): Promise<Owner> {
  const [row] = await tx<Owner[]>`
    select 'unit' as kind, id from unit where name = ${name}
    union all select 'park', id from park where name = ${name}
    union all select 'department', id from department where name = ${name}`
  if (row) return { kind: row.kind, id: row.id }
  throw new Error(
    `PACK_INVALID: dispatch.json: "${name}" is no unit, park or department of this pack`,
  )
}

async function idOf(tx: Transaction, table: Exclude<OwnerKind, 'person'>, name: string) {
  const [row] = await tx<{ id: number }[]>`select id from ${tx(table)} where name = ${name}`
  if (row) return row.id
  throw new Error(`PACK_INVALID: body.json: "${name}" is no ${table} of this pack`)
}

async function holderOf(tx: Transaction, role: Role): Promise<Sender | undefined> {
  const [row] = await tx<Sender[]>`
    select p.id, p.name from person p join role_grant g on g.person_id = p.id
     where g.role = ${role} order by p.id limit 1`
  return row
}

const at = (local: string) => new Date(`${local}:00+08:00`)

/** The same name always has the same UUID. */
function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
