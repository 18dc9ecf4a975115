import { randomUUID } from 'node:crypto'
import type { Database } from 'api/db/database'
import type { Transaction } from 'api/db/sql'

const author = { actor: '测试数据', reason: '节点测试' }

/** People of the small city: ids by name. */
export interface People {
  owner: { id: number; name: string }
  dispatcher: { id: number; name: string }
  other: { id: number; name: string }
}

/** Adds three persons, causes of slips, and a template whose network is small enough to do by hand. */
export async function addPlanning(db: Database): Promise<People> {
  return db.transact(author, async (tx) => {
    await tx`insert into cause (code, name, ordinal) values ('land', '征地拆迁', 1), ('funds', '资金', 2)`
    await tx`
      insert into milestone_template (code, version, name, steps)
      values ('small', 1, '小模板', ${JSON.stringify(steps)}::text::jsonb)`
    const one = (login: string, name: string) => addPerson(tx, login, name)
    return {
      owner: await one(`owner-${randomUUID()}`, '县区填报员'),
      dispatcher: await one(`dispatcher-${randomUUID()}`, '调度员'),
      other: await one(`other-${randomUUID()}`, '另一调度员'),
    }
  })
}

async function addPerson(tx: Transaction, login: string, name: string) {
  const [row] = await tx<{ id: number }[]>`
    insert into person (login, name) values (${login}, ${name}) returning id`
  return { id: row?.id ?? 0, name }
}

const step = (
  code: string,
  kind: string,
  name: string,
  limitDays: number,
  after: string[],
  party: string,
) => ({
  code,
  kind,
  name,
  limitDays,
  after,
  party,
})

/** 立项 → 用地 beside 环评 → 施工许可 → 开工 → 竣工. */
const steps = [
  step('preliminary', 'preliminary', '立项批复', 5, [], '发展和改革局'),
  step('site', 'preliminary', '用地预审', 10, ['preliminary'], '自然资源局'),
  step('eia', 'preliminary', '环评', 20, ['preliminary'], '生态环境局'),
  step('permit', 'permit', '施工许可', 3, ['site', 'eia'], '住房和城乡建设局'),
  step('start', 'start', '开工', 5, ['permit'], 'enterprise'),
  step('finish', 'finish', '竣工', 200, ['start'], 'enterprise'),
]
