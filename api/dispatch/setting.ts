import { addWorkingDays } from '../calendar/working-days.ts'
import { readSetting } from '../db/setting.ts'
import type { Query } from '../db/sql.ts'
import { DispatchRule, type Priority } from './contract.ts'

const usual: DispatchRule = {
  prefix: '调',
  dueWd: { ordinary: 10, urgent: 5, critical: 2 },
  warnWd: 2,
}

/**
 * How orders are numbered and timed here: the city's own (setting `dispatch_rule`), else the usual.
 * @throws Error `RULE_INVALID` when the stored rule is damaged.
 */
export const readDispatchRule = (sql: Query): Promise<DispatchRule> =>
  readSetting(sql, 'dispatch_rule', DispatchRule, usual)

/** As officials write it: 株调〔2023〕12号. */
export const numberOf = ({ prefix }: DispatchRule, year: number, serial: number): string =>
  `${prefix}〔${year}〕${serial}号`

/** The suggested due day of each priority. */
export const dueDays = ({ dueWd }: DispatchRule, today: string): Record<Priority, string> => ({
  ordinary: addWorkingDays(today, dueWd.ordinary),
  urgent: addWorkingDays(today, dueWd.urgent),
  critical: addWorkingDays(today, dueWd.critical),
})
