import { z } from 'zod'
import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { ForecastRule } from './contract.ts'

/** Up to 1 亿, 5 亿, 20 亿, and above. */
const usual: ForecastRule = { version: 1, least: 12, sizesWan: [10_000, 50_000, 200_000] }

/** @throws Error `RULE_INVALID` when the stored rule is damaged. */
export const readForecastRule = (sql: Query): Promise<ForecastRule> =>
  readSetting(sql, 'forecast_rule', ForecastRule, usual)

export const ruleName = ({ version }: ForecastRule): string => `参照预测 v${version}`

const SeasonSetting = z.object({ shares: z.array(z.number().min(0)).length(12) }).nullable()

/** The seasonal curve that the pack or the city has set; null where there is none. */
export async function readSeasonSetting(sql: Query): Promise<number[] | null> {
  const set = await readSetting(sql, 'season', SeasonSetting, null)
  return set?.shares ?? null
}
