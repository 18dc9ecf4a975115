/*
 * Figures of one row that contradict each other. Nothing is corrected: people decide which is wrong.
 */
import { type Draft, flag, numberOf, percentOf, periodOf } from './draft.ts'

/** Warns of rates, sums and dates of a row that cannot all be true; `wide`: it may have months. */
export function checkArithmetic(draft: Draft, wide: boolean): void {
  checkRate(draft)
  checkAnnual(draft)
  if (wide) checkMonths(draft)
  checkDates(draft)
}

/** 完成 / 计划 must be the stated rate of the annual plan or of the total, to the digits given. */
function checkRate(draft: Draft): void {
  const [done, rate] = [numberOf(draft, 'doneWan'), percentOf(draft, 'rate')]
  if (done === undefined || !rate) return
  const bases = [
    ['年度计划', numberOf(draft, 'annualWan')],
    ['总投资', numberOf(draft, 'totalWan')],
  ] as const
  const known = bases.flatMap(([label, wan]) =>
    wan ? [{ label, percent: (done / wan) * 100 }] : [],
  )
  if (known.length === 0) return
  if (known.some(({ percent }) => Math.abs(percent - rate.value) <= rate.tolerance + 0.01)) return
  const are = known.map(({ label, percent }) => `占${label} ${round(percent)}%`).join('、')
  const message = `完成率写 ${round(rate.value)}%，但累计完成 ${done} 万元${are}：请核对`
  flag(draft, 'warn', 'RATE_MISMATCH', 'rate', `${round(rate.value)}%`, message)
}

function checkAnnual(draft: Draft): void {
  const [total, annual] = [numberOf(draft, 'totalWan'), numberOf(draft, 'annualWan')]
  const done = numberOf(draft, 'doneWan')
  if (total === undefined || total === 0) return
  if (annual !== undefined && annual > total + 0.01) {
    const message = `年度计划 ${annual} 万元大于总投资 ${total} 万元：请核对`
    flag(draft, 'warn', 'ANNUAL_OVER_TOTAL', 'annualWan', annual, message)
  }
  if (done !== undefined && done > total + 0.01) {
    const message = `累计完成 ${done} 万元大于总投资 ${total} 万元：请核对`
    flag(draft, 'warn', 'DONE_OVER_TOTAL', 'doneWan', done, message)
  }
}

function checkMonths(draft: Draft): void {
  const annual = numberOf(draft, 'annualWan')
  const months = Array.from({ length: 12 }, (_, index) =>
    numberOf(draft, `planned${String(index + 1).padStart(2, '0')}`),
  ).filter((wan) => wan !== undefined)
  if (annual === undefined || months.length < 12) return
  const sum = months.reduce((a, b) => a + b, 0)
  if (Math.abs(sum - annual) <= 0.12) return
  const message = `十二个月计划之和是 ${round(sum)} 万元，年度计划是 ${annual} 万元：请核对`
  flag(draft, 'warn', 'MONTHS_MISMATCH', 'annualWan', annual, message)
}

function checkDates(draft: Draft): void {
  const pairs = [
    ['plannedStart', 'plannedFinish', '计划开工', '计划竣工'],
    ['actualStart', 'actualFinish', '实际开工', '实际竣工'],
  ] as const
  for (const [from, to, fromLabel, toLabel] of pairs) {
    const [start, finish] = [periodOf(draft, from), periodOf(draft, to)]
    if (!start || !finish || finish.date >= start.date) continue
    const message = `${toLabel} ${finish.date} 早于${fromLabel} ${start.date}：请核对`
    flag(draft, 'warn', 'FINISH_BEFORE_START', to, finish.date, message)
  }
}

const round = (value: number) => Number(value.toFixed(2))
