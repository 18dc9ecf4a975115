import type { Transaction } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import { fundSourcesIn } from '../investment/fund-source.ts'
import { monthMoney } from '../investment/month-money.ts'
import type { ReportInput } from './contract.ts'
import type { Known } from './money.ts'

/**
 * What the report of a project's month is judged by.
 * @throws ApiFailure `PROJECT_NOT_FOUND`.
 */
export async function readKnown(
  tx: Transaction,
  { projectId, month }: Pick<ReportInput, 'projectId' | 'month'>,
): Promise<Known> {
  const [row] = await tx<(Omit<Known, 'fundSources'> & { listed: unknown })[]>`
    with spent as (
      select month, ${monthMoney(tx, 'actual_wan')} as actual
        from investment where project_id = ${projectId} and month <> ${month}::date
       group by month
    )
    select p.total_wan,
           (select annual_wan from plan
             where project_id = p.id and year = extract(year from ${month}::date)) as annual_wan,
           (select coalesce(sum(actual), 0) from spent
             where date_trunc('year', month) = date_trunc('year', ${month}::date)) as others_wan,
           (select coalesce(sum(actual), 0) from spent) as ever_wan,
           (select percent from report
             where project_id = p.id and month < ${month}::date and percent is not null
             order by month desc limit 1) as percent_before,
           (select coalesce(json_agg(distinct fund_source), '[]') from investment
             where project_id = p.id) as named_sources,
           (select value from setting where key = 'fund_source') as listed
      from project p where p.id = ${projectId}`
  if (!row) throw notFound('project', '项目', projectId)
  const { listed, ...known } = row
  return { ...known, fundSources: fundSourcesIn(listed) }
}
