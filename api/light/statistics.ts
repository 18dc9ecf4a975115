import { daysBetween } from '../calendar/days.ts'
import { begunOn, type Judging, overdueState, type Verdict, verdict } from './verdict.ts'

/** 入统: once in the statistics green; before, by the days since the works began, grey until the first limit. */
export function statisticsLight({ fact, date, terms }: Judging): Verdict {
  if (fact.inStatistics === true) return verdict('statistics', 'green', { code: 'inStatistics' })
  const startedOn = begunOn(fact, date)
  if (startedOn === null) return verdict('statistics', 'none', { code: 'notBegun' })
  const state = overdueState(startedOn, date, terms.statistics)
  return verdict('statistics', state === 'green' ? 'none' : state, {
    code: 'outOfStatistics',
    days: daysBetween(startedOn, date),
    told: fact.inStatistics !== null,
  })
}
