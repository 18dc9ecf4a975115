import { dayNumber, daysBetween, monthEnd } from '../calendar/days.ts'
import type { LightCause } from './contract.ts'
import {
  begunOn,
  behindState,
  type Judging,
  stepVerdict,
  tenths,
  type Verdict,
  verdict,
  worstFirst,
} from './verdict.ts'

/** 进度: the worse of the steps of the works against their days and the percent of the works against the time. */
export function progressLight(judging: Judging): Verdict {
  const { fact, date, terms, form } = judging
  if (begunOn(fact, date) === null) return verdict('progress', 'none', { code: 'notBegun' })
  const step = form === 'original' ? fact.workStepOriginal : fact.workStep
  const verdicts = [
    step === null ? null : stepVerdict('progress', step, date, terms.progress.step),
    percentVerdict(judging),
  ].filter((one) => one !== null)
  const state = worstFirst.find((one) => verdicts.some((each) => each.state === one))
  if (!state) return verdict('progress', 'none', { code: 'noProgress' })
  return { state, causes: verdicts.flatMap(({ causes }) => causes), topics: ['progress'] }
}

function percentVerdict(judging: Judging): Verdict | null {
  const cause = percentCause(judging)
  if (cause === null) return null
  return verdict('progress', behindState(cause.lagPoints, judging.terms.progress.percent), cause)
}

/** Where the works should be at the end of the reported month, as time passes from planned start to planned finish. */
function percentCause({ fact, form }: Judging): Extract<LightCause, { code: 'percent' }> | null {
  const { reportedMonth: month, percent } = fact
  const first = form === 'original'
  const start = first ? fact.originalStart : fact.plannedStart
  const finish = first ? fact.originalFinish : fact.plannedFinish
  if (month === null || percent === null || start === null || finish === null) return null
  const whole = daysBetween(start, finish)
  if (whole <= 0) return null
  const passed = (monthEnd(month) - dayNumber(start)) / whole
  const expected = tenths(Math.min(1, Math.max(0, passed)) * 100)
  return { code: 'percent', month, percent, expected, lagPoints: tenths(percent - expected) }
}
