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
  noStart: '没有计划开工日期',
  noProgress: '没有节点计划，也没有报形象进度，无法评进度',
  noPreparation: '没有前期节点计划，无法评进度',
  notBegun: '尚未开工',
  inStatistics: '已入统',
  noEvidence: '期限内没有任何佐证',
  finishUnproved: '竣工没有凭证',
  permitOpen: '已开工，计划内的许可尚未办结',
}

/** Why a light is what it is as one Chinese sentence with its figures; at its end the rule and its clauses. */
export function sentenceOf(
  causes: readonly LightCause[],
  rule: string,
  clauses: readonly number[],
): string {
  const by = clauses.length === 0 ? rule : `${rule} 第 ${clauses.join('、')} 条`
  return `${causes.map(worded).join('；')}；规则 ${by}`
}

function worded(cause: LightCause): string {
  switch (cause.code) {
    case 'notYet':
      return `未到：计划 ${cause.plannedStart} 开工，本年尚无计划投资`
    case 'startAhead':
      return `未到：计划 ${cause.plannedStart} 开工`
    case 'silent':
      return `最近一次填报为 ${monthName(cause.month)}，月末至今已 ${cause.days} 天`
    case 'noMoney':
      return `${monthName(cause.month)}已填报，但没有报完成投资`
    case 'startLate':
      return `计划 ${cause.plannedStart} 开工，逾期 ${cause.days} 天未开工`
    case 'startSoon':
      return `计划 ${cause.plannedStart} 开工，已过 ${cause.days} 天，未到亮灯期限`
    case 'begun':
      return `${cause.startedOn} 开工${early(cause.days)}`
    case 'stepLate':
      return `${cause.step}计划 ${cause.plannedOn} 完成，逾期 ${cause.days} 天`
    case 'stepSoon':
      return `${cause.step}计划 ${cause.plannedOn} 完成，已过 ${cause.days} 天，未到亮灯期限`
    case 'stepAhead':
      return `下一节点${cause.step}，计划 ${cause.plannedOn} 完成`
    case 'percent':
      return `${monthName(cause.month)}形象进度 ${cause.percent}%，计划工期已过 ${cause.expected.toFixed(1)}%，${points(cause.lagPoints, '与工期同步')}`
    case 'money':
    case 'straight':
    case 'provenMoney':
      return money(cause)
    case 'outOfStatistics':
      return `开工 ${cause.days} 天，${cause.told ? '尚未入统' : '未填报是否入统'}`
    case 'evidence':
      return `佐证：${proofs(cause).join('、')}`
    default:
      return plain[cause.code]
  }
}

type Money = Extract<LightCause, { code: 'money' | 'straight' | 'provenMoney' }>

function money({ code, month, annualWan, plannedWan, doneWan, lagPoints }: Money): string {
  const planned = code === 'straight' ? '按时间进度应完成' : '计划'
  const done = code === 'provenMoney' ? '核实' : ''
  const figures = `本年计划 ${wan(annualWan)} 万元，截至 ${monthName(month)}${planned} ${wan(plannedWan)} 万元，${done}完成 ${wan(doneWan)} 万元`
  return `${figures}，${points(lagPoints, code === 'straight' ? '与时间进度持平' : '与计划持平')}`
}

function points(lag: number, even: string): string {
  if (lag === 0) return even
  return `${lag < 0 ? '落后' : '超前'} ${Math.abs(lag).toFixed(1)} 个百分点`
}

function early(days: number | null): string {
  if (days === null) return ''
  if (days === 0) return '，与计划同日'
  return days > 0 ? `，比计划晚 ${days} 天` : `，比计划早 ${-days} 天`
}

function proofs(cause: Extract<LightCause, { code: 'evidence' }>): string[] {
  const { photoOn, proofOn, paidMonth, verifiedMonth } = cause
  return [
    photoOn && `${photoOn} 照片`,
    proofOn && `${proofOn} 节点凭证`,
    paidMonth && `${monthName(paidMonth)}分来源资金`,
    verifiedMonth && `${monthName(verifiedMonth)}填报已核实`,
  ].filter((one): one is string => Boolean(one))
}

const monthName = (month: string) => `${Number(month.slice(5, 7))} 月`
const wan = (amount: number | null) => grouped.format(amount ?? 0)
