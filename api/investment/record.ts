import type { Transaction } from '../db/sql.ts'
import { allSources } from './fund-source.ts'
import { monthMoney } from './month-money.ts'

interface Actual {
  projectId: number
  month: string
  /** 万元 over all sources; undefined: nothing is told, what others reported stays. */
  total: number | null | undefined
  sources?: readonly { fundSource: string; actualWan: number }[] | undefined
}

/**
 * Records what was done in a project's month, as one total or by fund source. Only one of the two
 * forms holds amounts afterwards, so that no sum can count both; plans stay where they are.
 */
export async function recordActual(tx: Transaction, actual: Actual): Promise<void> {
  const { projectId, month, total, sources } = actual
  if (total === undefined) return
  if (sources === undefined && (await isStored(tx, actual))) return
  const told = sources ?? (total === null ? [] : [{ fundSource: allSources, actualWan: total }])
  const wanted = JSON.stringify(told)
  await tx`
    with told as (
      select * from jsonb_to_recordset(${wanted}::text::jsonb) as t("fundSource" text, "actualWan" numeric)
    ), kept as (
      insert into investment (project_id, month, fund_source, actual_wan)
      select ${projectId}, ${month}::date, "fundSource", "actualWan" from told
      on conflict (project_id, month, fund_source) do update set actual_wan = excluded.actual_wan
       where investment.actual_wan is distinct from excluded.actual_wan
    ), other as (
      select id, planned_wan from investment
       where project_id = ${projectId} and month = ${month} and actual_wan is not null
         and fund_source not in (select "fundSource" from told)
    ), emptied as (
      update investment set actual_wan = null
       where id in (select id from other where planned_wan is not null)
    )
    delete from investment where id in (select id from other where planned_wan is null)`
}

/** The same total again leaves the sources that add up to it. */
async function isStored(tx: Transaction, { projectId, month, total }: Actual): Promise<boolean> {
  const [stored] = await tx<{ wan: number | null }[]>`
    select ${monthMoney(tx, 'actual_wan')} as wan from investment
     where project_id = ${projectId} and month = ${month}`
  return stored?.wan === total
}
