import { fieldFailure } from '../http/failure.ts'
import type { Doubt, ReportInput, SourceAmount } from './contract.ts'

/** What a report's figures are judged by: what is stored of the project beside the month reported. */
export interface Known {
  annualWan: number | null
  totalWan: number | null
  /** Done in the other months of that year, and in all other months. */
  othersWan: number
  everWan: number
  /** Of the latest month before that says one. */
  percentBefore: number | null
  fundSources: readonly string[]
  /** Sources that the project's money names already, on the city's list or not. */
  namedSources: readonly string[]
}

type Money = Pick<ReportInput, 'actualWan' | 'sources'>

/**
 * The month's total in 万元: as told, or the sum of the sources; undefined where no money is told.
 * @throws ApiFailure 422 `SOURCES_UNEQUAL` naming both sums, `SOURCE_TWICE`.
 */
export function totalOf({ actualWan, sources }: Money): number | null | undefined {
  if (sources === undefined) return actualWan
  for (const [at, { fundSource }] of sources.entries()) {
    if (sources.findIndex((one) => one.fundSource === fundSource) === at) continue
    const message = `资金来源“${fundSource}”填了两次，请合并为一行`
    throw fieldFailure(422, 'SOURCE_TWICE', message, 'sources', fundSource)
  }
  const sum = cents(sources.reduce((all, one) => all + one.actualWan, 0))
  if (actualWan === undefined || actualWan === null || cents(actualWan) === sum) return sum
  const message = `各资金来源合计 ${amount(sum)} 万元，与当月完成投资 ${amount(actualWan)} 万元不一致，相差 ${amount(cents(sum - actualWan))} 万元`
  throw fieldFailure(422, 'SOURCES_UNEQUAL', message, 'sources', sum)
}

/**
 * @throws ApiFailure 422 `FUND_SOURCE_UNKNOWN`, and `CORRECTION_NEEDED` where the sum since January
 * falls, of one source or of all, and nobody says why.
 */
export function checkMoney(input: ReportInput, total: number | null, known: Known): void {
  for (const { fundSource } of input.sources ?? []) checkSource(fundSource, known)
  const falls = [{ fundSource: null, actualWan: total ?? 0 }, ...(input.sources ?? [])].find(
    ({ actualWan }) => actualWan < 0,
  )
  if (!falls || (input.correction && input.correctionNote)) return
  const { othersWan } = known
  const what =
    falls.fundSource === null
      ? `当月完成投资为 ${amount(falls.actualWan)} 万元，累计会从 ${amount(othersWan)} 降到 ${amount(cents(othersWan + falls.actualWan))} 万元`
      : `“${falls.fundSource}”当月为 ${amount(falls.actualWan)} 万元，它的累计会下降`
  const message = `${what}；确属核减的，请注明是更正并写明原因`
  throw fieldFailure(422, 'CORRECTION_NEEDED', message, 'correctionNote', null)
}

function checkSource(name: string, { fundSources, namedSources }: Known): void {
  if (fundSources.includes(name) || namedSources.includes(name)) return
  const message = `没有“${name}”这个资金来源，可填：${fundSources.join('、')}`
  throw fieldFailure(422, 'FUND_SOURCE_UNKNOWN', message, 'sources', name)
}

/** What is unusual about the figures, with the answers that came along. */
export function doubtsOf(input: ReportInput, total: number | null, known: Known): Doubt[] {
  const doubts: Omit<Doubt, 'answer'>[] = []
  if (total !== null) {
    const year = cents(total + known.othersWan)
    const ever = cents(total + known.everWan)
    if (year < 0) doubts.push({ code: 'belowZero', told: year, beside: 0 })
    if (known.annualWan !== null && year > known.annualWan)
      doubts.push({ code: 'overAnnual', told: year, beside: known.annualWan })
    if (known.totalWan !== null && ever > known.totalWan)
      doubts.push({ code: 'overTotal', told: ever, beside: known.totalWan })
  }
  const { percent } = input
  const before = known.percentBefore
  if (typeof percent === 'number' && before !== null && percent < before)
    doubts.push({ code: 'percentFell', told: percent, beside: before })
  return doubts.map((doubt) => ({
    ...doubt,
    answer: input.doubts?.find(({ code }) => code === doubt.code)?.answer ?? null,
  }))
}

/** A doubt as a question to people. */
export function questionOf({ code, told, beside }: Doubt): string {
  switch (code) {
    case 'overAnnual':
      return `年内累计 ${amount(told)} 万元，超过年度计划 ${amount(beside)} 万元，请说明`
    case 'overTotal':
      return `历年累计 ${amount(told)} 万元，超过总投资 ${amount(beside)} 万元，请说明`
    case 'belowZero':
      return `年内累计为 ${amount(told)} 万元，低于零，请说明`
    case 'percentFell':
      return `进度 ${told}% 低于上次填报的 ${beside}%，请说明`
  }
}

/** Sources in an order of their own, so that two lists of the same are equal. */
export const inOrder = (sources: readonly SourceAmount[]): SourceAmount[] =>
  sources.toSorted((a, b) => (a.fundSource < b.fundSource ? -1 : 1))

export const cents = (wan: number): number => Math.round(wan * 100) / 100

/** 万元 as people write it: two decimals, thousands apart. */
export const amount = (wan: number): string =>
  wan.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
