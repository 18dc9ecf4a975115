import type { LightCause } from './contract.ts'

/** Made once: toLocaleString would make one per figure, 20 µs each. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

const plain = {
  suspended: '项目暂停',
  removed: '项目已调出',
  terminated: '项目已终止',
  finished: '项目已竣工',
  production: '项目已投产',
  unlisted: '不在本年度计划内',
  preliminary: '前期项目，不评进度',
  neverReported: '列入本年计划以来没有填报',
  firstDue: '未到：首次填报尚未到期',
  noMonthlyPlan: '没有月度计划投资，无法评进度',
}

/** Why a light is what it is as one Chinese sentence with its figures, the rule at its end. */
export const sentenceOf = (causes: readonly LightCause[], rule: string): string =>
  `${causes.map(worded).join('；')}；规则 ${rule}`

function worded(cause: LightCause): string {
  switch (cause.code) {
    case 'notYet':
      return `未到：计划 ${cause.plannedStart} 开工，本年尚无计划投资`
    case 'silent':
      return `最近一次填报为 ${monthName(cause.month)}，月末至今已 ${cause.days} 天`
    case 'noMoney':
      return `${monthName(cause.month)}已填报，但没有报完成投资`
    case 'startLate':
      return `计划 ${cause.plannedStart} 开工，逾期 ${cause.days} 天未开工`
    case 'money':
      return money(cause)
    default:
      return plain[cause.code]
  }
}

function money(cause: Extract<LightCause, { code: 'money' }>): string {
  const { month, annualWan, plannedWan, doneWan, lagPoints } = cause
  const figures = `本年计划 ${wan(annualWan)} 万元，截至 ${monthName(month)}计划 ${wan(plannedWan)} 万元，完成 ${wan(doneWan)} 万元`
  if (lagPoints === 0) return `${figures}，与计划持平`
  const word = lagPoints < 0 ? '落后' : '超前'
  return `${figures}，${word} ${Math.abs(lagPoints).toFixed(1)} 个百分点`
}

const monthName = (month: string) => `${Number(month.slice(5, 7))} 月`
const wan = (amount: number | null) => grouped.format(amount ?? 0)
