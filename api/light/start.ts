import { daysBetween } from '../calendar/days.ts'
import { begunOn, type Judging, overdueState, type Verdict, verdict } from './verdict.ts'

/** 开工: begun is green; else by the days since the planned start, grey until the first limit. */
export function startLight({ fact, date, terms, form }: Judging): Verdict {
  const plannedStart = form === 'original' ? fact.originalStart : fact.plannedStart
  const startedOn = begunOn(fact, date)
  if (startedOn !== null) {
    const days = plannedStart === null ? null : daysBetween(plannedStart, startedOn)
    return verdict('start', 'green', { code: 'begun', startedOn, days })
  }
  if (plannedStart === null) return verdict('start', 'none', { code: 'noStart' })
  if (plannedStart > date) return verdict('start', 'none', { code: 'startAhead', plannedStart })
  const days = daysBetween(plannedStart, date)
  const state = overdueState(plannedStart, date, terms.start)
  return state === 'green'
    ? verdict('start', 'none', { code: 'startSoon', plannedStart, days })
    : verdict('start', state, { code: 'startLate', plannedStart, days })
}
