import i18next, { type TFunction } from 'i18next'
import { count, percent, tenths } from '../ui/number.ts'
import { large } from './amount.ts'
import type { Overview } from './overview.ts'

/** The wall's first line: what a mayor would ask, computed from the data shown. */
export function firstLine(
  t: TFunction,
  overview: Overview,
  unitName: (id: number) => string,
): string {
  const { totals, lastMonth } = overview
  if (totals.listed === 0) return t('wall:say.nothing')
  return t('wall:say.line', {
    done: t('wall:say.done', {
      months: monthSpan(t, lastMonth),
      done: large(totals.doneWan, i18next.language),
      // As the city publishes it: all that is done, of the plan of the whole list.
      share: percent(totals.annualWan > 0 ? totals.doneWan / totals.annualWan : null),
    }),
    lag: lagWords(t, totals.lagPoints),
    red: redWords(t, overview, unitName),
  })
}

/** "1–5 月"; the year as a whole before anybody reported. */
export function monthSpan(t: TFunction, lastMonth: number | null): string {
  if (lastMonth === null) return t('wall:say.thisYear')
  return lastMonth === 1 ? t('wall:say.january') : t('wall:say.months', { last: lastMonth })
}

/** Behind, ahead or on plan in words, to a tenth of a point. */
export function lagWords(t: TFunction, points: number | null): string {
  if (points === null) return t('wall:say.noPlan')
  const size = tenths(Math.abs(points))
  const sign = Math.sign(Math.round(points * 10))
  if (sign < 0) return t('wall:say.behind', { points: size })
  return sign > 0 ? t('wall:say.ahead', { points: size }) : t('wall:say.onPlan')
}

function redWords(t: TFunction, overview: Overview, unitName: (id: number) => string): string {
  const { red, stale } = overview.form === 'original' ? overview.originalLights : overview.lights
  // Nothing can be said of projects that nobody reported: their silence is no good news.
  if (red === 0 && stale > 0) return t('wall:say.noRedStale', { stale: count(stale) })
  if (red === 0) return t('wall:say.noRed')
  const most = overview.units.reduce((worst, unit) =>
    unit.lights.red > worst.lights.red ? unit : worst,
  )
  const values = { red: count(red), unit: unitName(most.unitId), most: count(most.lights.red) }
  return most.lights.red > 0 ? t('wall:say.red', values) : t('wall:say.redOnly', values)
}
