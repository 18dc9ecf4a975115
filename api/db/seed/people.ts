/*
 * The people of a pack: departments, and one account for each role to try the demo with. They get their
 * passwords when the server starts (session/demo.ts).
 */
import { chinaDate } from '../../clock.ts'
import type { Role, ScopeKind } from '../../person/contract.ts'
import { roleWords } from '../../person/role-words.ts'
import type { Author, Database } from '../database.ts'
import type { Transaction } from '../sql.ts'
import type { PackFiles } from './pack.ts'
import { type Rows, rowNumber } from './pack-file.ts'

const roles = new Map(Object.entries(roleWords).map(([role, word]) => [word, role as Role]))
const scopes: Readonly<Record<string, ScopeKind>> = {
  全市: 'city',
  单位: 'unit',
  园区: 'park',
  部门: 'department',
  本人项目: 'own',
}

type Files = Pick<PackFiles, 'name' | 'head' | 'department' | 'person'>

/**
 * Writes the departments, those that the projects name too, and the people of a pack, once
 * all else is there.
 * @throws Error `PACK_INVALID` naming file, row and column.
 */
export async function loadPeople(
  db: Database,
  pack: Files,
  author: Author,
  at: Date,
): Promise<void> {
  await db.transact(
    author,
    async (tx) => {
      for (const row of pack.department) {
        await tx`
          insert into department (code, name) values (${row['编码'] ?? ''}, ${row['名称'] ?? ''})`
      }
      await tx`
        insert into department (code, name, unit_id)
        select 'p' || row_number() over (order by name), name, unit_id from (
          select distinct p.lead_department as name, u.id as unit_id from project p
            left join unit u on u.reports and starts_with(p.lead_department, u.name)
           where p.lead_department is not null
             and p.lead_department not in (select name from department)) as named`
      const since = chinaDate(new Date(pack.head.known))
      for (const row of pack.person) await loadPerson(tx, pack, row, since)
    },
    at,
  )
}

async function loadPerson(
  tx: Transaction,
  pack: Files,
  row: Rows[number],
  day: string,
): Promise<void> {
  const told = (column: string) => (row[column] ?? '').trim()
  const find = async (table: string, column: string, name: string) => {
    const [found] = await tx<{ id: number }[]>`
      select id from ${tx(table)} where ${tx(table === 'project' ? 'code' : 'name')} = ${name}`
    if (found) return found.id
    throw invalid(pack, row, column, `"${name}" is no ${table} of this pack`)
  }
  const role = roles.get(told('角色')) ?? refuse(pack, row, '角色', [...roles.keys()])
  const scope = scopes[told('范围')] ?? refuse(pack, row, '范围', Object.keys(scopes))
  const department = told('部门') ? await find('department', '部门', told('部门')) : null
  const [person] = await tx<{ id: number }[]>`
    insert into person (login, name, department_id, title)
    values (${told('登录名')}, ${told('姓名')}, ${department}, ${told('职务') || null}) returning id`
  const id = person?.id ?? 0
  const place = async (kind: ScopeKind) =>
    scope === kind ? find(kind, '所在', told('所在')) : null
  await tx`
    insert into role_grant (person_id, role, scope, unit_id, park_id, department_id, valid_from)
    values (${id}, ${role}, ${scope}, ${await place('unit')}, ${await place('park')},
            ${await place('department')}, ${day})`
  for (const code of told('负责项目').split('、').filter(Boolean)) {
    const project = await find('project', '负责项目', code)
    await tx`
      insert into project_person (project_id, person_id, duty) values (${project}, ${id}, 'helper')`
  }
}

function refuse(pack: Files, row: Rows[number], column: string, words: string[]): never {
  throw invalid(pack, row, column, `"${row[column]}" is none of ${words.join(', ')}`)
}

const invalid = (pack: Files, row: Rows[number], column: string, why: string) =>
  new Error(
    `PACK_INVALID: ${pack.name}/person.csv: row ${rowNumber(row)}, column ${column}: ${why}`,
  )
