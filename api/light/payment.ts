import {
  behindState,
  type Judging,
  type LightFact,
  tenths,
  type Verdict,
  verdict,
} from './verdict.ts'

/**
 * 投资支付: done against planned up to the last report, in percentage points of the annual plan,
 * rounded before it is compared, so that the sentence and the light never disagree.
 */
export function paymentLight(judging: Judging): Verdict {
  const { fact, terms } = judging
  const { reportedMonth: month } = fact
  if (month !== null && fact.reportedWan === null) {
    return verdict('silence', 'stale', { code: 'noMoney', month })
  }
  const against = plannedOf(judging)
  if (against === null || month === null) {
    return verdict('payment', 'none', { code: 'noMonthlyPlan' })
  }
  return verdict('payment', behindState(against.lagPoints, terms.payment), {
    code: terms.method === 'straight' ? 'straight' : 'money',
    month,
    doneWan: fact.doneWan,
    ...against,
  })
}

/** Points ahead of the own approved plan (negative = behind) at the last report; null where nothing can be compared. */
export function lagOf(fact: LightFact): number | null {
  const { annualWan, plannedWan, doneWan, planKind, reportedWan } = fact
  if (planKind !== 'construction' || reportedWan === null) return null
  return lagPoints(annualWan, plannedWan, doneWan)
}

/** Done less planned in percentage points of the annual plan, to one decimal. */
export function lagPoints(
  annualWan: number | null,
  plannedWan: number | null,
  doneWan: number | null,
): number | null {
  if (annualWan === null || annualWan <= 0 || plannedWan === null || doneWan === null) return null
  return tenths(((doneWan - plannedWan) / annualWan) * 100)
}

function plannedOf({ fact, terms, form }: Judging) {
  const first = form === 'original'
  const annualWan = (first ? fact.annualOriginalWan : null) ?? fact.annualWan
  const monthly = (first ? fact.plannedOriginalWan : null) ?? fact.plannedWan
  const plannedWan = terms.method === 'plan' ? monthly : straightWan(annualWan, fact.reportedMonth)
  const points = lagPoints(annualWan, plannedWan, fact.doneWan)
  return points === null ? null : { annualWan, plannedWan, lagPoints: points }
}

/** A straight line through the year: as many twelfths as months have been reported. */
function straightWan(annualWan: number | null, month: string | null): number | null {
  if (annualWan === null || month === null) return null
  return Math.round((annualWan * Number(month.slice(5, 7)) * 100) / 12) / 100
}
