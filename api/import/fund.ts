/*
 * Sources of money (资金来源): a row of money is of one source or of all. A table with a column for each
 * source says neither month nor kind of its amounts for certain: it is told how to be written.
 */
import { type Draft, flag, textOf } from './draft.ts'

/** What stands for all sources together. */
export const ALL_SOURCES = 'total'

const ALL =
  /^(资金|投资)?(合计|总计|小计|共计|总额|总量|总和|总|全部|所有|全口径|total)(资金|投资|来源|金额)?$/i
const AMOUNT = /^[-+]?[\d.,]+(%|亿|万|千|元|亿元|万元)?$/
const GROUP = /^(其中)?(资金|投资)(来源|构成|筹措|渠道|组成|筹措方案|结构)/
const SOURCE =
  /预算内|专项债|债券|国债|银行|贷款|融资|自筹|自有资金|财政|社会资本|政府投资|企业投资|外资|上级资金|[省市县区]级资金|本级资金|其他资金|资本金/

/** The source that a row of money names; an amount in its place is a refusal. */
export function fundSourceOf(draft: Draft): string {
  const text = textOf(draft, 'fundSource')
  const plain = text?.normalize('NFKC').replaceAll(/\s/g, '')
  if (text === undefined || plain === undefined || ALL.test(plain)) return ALL_SOURCES
  const told = draft.findings.some(({ code }) => code === 'FUND_SOURCE_INVALID')
  if (AMOUNT.test(plain) && !told) {
    const message = `资金来源“${text}”是金额：请填写来源的名称（如 专项债、银行贷款、自筹，全部写 合计），金额放在金额列`
    flag(draft, 'refuse', 'FUND_SOURCE_INVALID', 'fundSource', text, message)
  }
  return text
}

/** Why a column of one source's amounts is not read; `keys` are its headers, leaf first. */
export function fundColumn([leaf = '', ...groups]: readonly string[]): string | undefined {
  const isSource = SOURCE.test(leaf) && leaf.length <= 12
  if (!isSource && !groups.some((group) => GROUP.test(group))) return undefined
  return '按资金来源分列的金额不能直接导入（总投资和年度计划只登记合计）：按月的请改成长表，一行一个资金来源，列为项目名称、填报单位、月份、资金来源、本月计划投资、本月完成投资，用 --as investment 导入'
}
