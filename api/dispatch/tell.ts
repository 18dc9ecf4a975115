import type { Query } from '../db/sql.ts'
import type { NoticeInput } from '../notice/write.ts'
import { idText } from '../person/viewer.ts'
import type { Owner } from './contract.ts'
import { ownerKey, ownerOf, readPeople } from './owner.ts'

/** A task with its order, as those are told of it who have to do with it. */
export interface ToldTask {
  id: number
  dispatchId: number
  number: string
  title: string
  dueOn: string
  senderId: number
  owner: Owner
  /** Who acts for the owner today. */
  people: number[]
}

/** The tasks named, with the people of their owners on a day. */
export async function toldTasks(
  sql: Query,
  tasks: readonly number[],
  date: string,
): Promise<ToldTask[]> {
  const rows = await sql<(Omit<ToldTask, 'owner' | 'people'> & Columns)[]>`
    select t.id, t.dispatch_id, d.number, d.title, t.due_on, d.sender_id,
           t.person_id, t.department_id, t.unit_id, t.park_id
      from dispatch_task t join dispatch d on d.id = t.dispatch_id
     where t.id = any(${idText(tasks)}::bigint[]) order by t.id`
  const people = await readPeople(sql, date)
  return rows.flatMap((row) => {
    const owner = ownerOf(row)
    if (!owner) return []
    const ids = people.get(ownerKey(owner))?.map(({ id }) => id)
    return [{ ...row, owner, people: owner.kind === 'person' ? [owner.id] : (ids ?? []) }]
  })
}

type Columns = Parameters<typeof ownerOf>[0]

interface Telling {
  /** Names the event, once for all: what is told again under it is told once. */
  event: string
  kind: NoticeInput['kind']
  title: string
  text: string
}

/** One notice about a task for each of these people. */
export const notices = (
  task: Pick<ToldTask, 'id' | 'dispatchId'>,
  persons: readonly number[],
  { event, kind, title, text }: Telling,
): NoticeInput[] =>
  [...new Set(persons)].map((personId) => ({
    key: `dispatch_task/${task.id}/${event}/p${personId}`,
    personId,
    kind,
    title,
    text,
    link: `/desk?open=dispatch&dispatch=${task.dispatchId}`,
    noun: 'dispatch_task',
    rowId: task.id,
  }))
