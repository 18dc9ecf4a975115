import { z } from 'zod'
import { settingOf } from '../db/setting.ts'
import { LineText } from '../http/contract.ts'

/** Stands for all sources together; no source may bear its name. */
export const allSources = 'total'

export const FundSources = z
  .array(LineText.max(40).refine((name) => name !== allSources))
  .min(1)
  .max(30)

/** The sources of money that statistics know (资金来源), where a city has no list of its own. */
const usual = ['财政资金', '专项债券', '上级补助', '银行贷款', '企业自筹', '其他资金']

/**
 * The fund sources that reports may name: the city's own (setting `fund_source`), else the usual ones.
 * @throws Error `RULE_INVALID` when the stored list is damaged.
 */
export const fundSourcesIn = (value: unknown): string[] =>
  settingOf('fund_source', value, FundSources, usual)
