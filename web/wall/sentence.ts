import i18next, { type TFunction } from 'i18next'
import { count, percent, tenths } from '../ui/number.ts'
import { large } from './amount.ts'
import type { Overview, UnitLights } from './overview.ts'

/** The figures of the first line; a mark around each says which it is (`partsOf`). */
const marks = ['done', 'share', 'lag', 'red', 'most'] as const
type Mark = (typeof marks)[number]
/** Private use: no text contains them. */
const open = 0xe000
const close = '\ue0ff'

const marked = (name: Mark, text: string): string =>
  `${String.fromCharCode(open + marks.indexOf(name))}${text}${close}`

/** A marked line in its parts, each with the figure that it is; `figure` null: words. */
export function partsOf(line: string): { text: string; figure: Mark | null }[] {
  return line.split(close).flatMap((piece) => {
    const at = [...piece].findIndex((sign) => marks[sign.charCodeAt(0) - open] !== undefined)
    if (at < 0) return piece === '' ? [] : [{ text: piece, figure: null }]
    const figure = marks[piece.charCodeAt(at) - open] ?? null
    return [
      ...(at === 0 ? [] : [{ text: piece.slice(0, at), figure: null }]),
      { text: piece.slice(at + 1), figure },
    ]
  })
}

/** The wall's first line, its figures marked: what a mayor would ask, computed from the data shown. */
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
      done: marked('done', large(totals.doneWan, i18next.language)),
      // As the city publishes it: all that is done, of the plan of the whole list.
      share: marked('share', percent(shareOf(totals))),
    }),
    lag: marked('lag', lagWords(t, totals.lagPoints)),
    red: redWords(t, overview, unitName),
  })
}

/** Against the plan that units and map are shown against. */
export const shownLights = ({ form, lights, originalLights }: Overview): Overview['lights'] =>
  form === 'original' ? originalLights : lights

/** All that is done, of the plan of the whole list. */
export const shareOf = ({ doneWan, annualWan }: Overview['totals']): number | null =>
  annualWan > 0 ? doneWan / annualWan : null

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
  const { red, stale } = shownLights(overview)
  // Nothing can be said of projects that nobody reported: their silence is no good news.
  if (red === 0 && stale > 0)
    return marked('red', t('wall:say.noRedStale', { stale: count(stale) }))
  if (red === 0) return t('wall:say.noRed')
  const most = worstOf(overview)
  const values = {
    red: marked('red', count(red)),
    unit: unitName(most.unitId),
    most: marked('most', count(most.lights.red)),
  }
  return most.lights.red > 0 ? t('wall:say.red', values) : t('wall:say.redOnly', values)
}

/** The unit with the most red projects. */
export const worstOf = ({ units }: Overview): UnitLights =>
  units.reduce((worst, unit) => (unit.lights.red > worst.lights.red ? unit : worst))
