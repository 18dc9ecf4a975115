import type { LightForm, LightState } from 'api/light/contract'
import { accountRow, leftOut, split } from '../project/counted.ts'
import { unlisted } from '../project/explanation.ts'
import { allRows, evidenceOf, lightIn, overallOf } from '../project/table.ts'
import { totalsOf } from '../project/totals.ts'
import type { Account, Asked, Explanations } from '../shell/explanation.ts'
import { lightOrder } from './light.ts'

const isForm = (word: string): word is LightForm => word === 'revised' || word === 'original'
const isLight = (word: string | undefined): word is LightState =>
  lightOrder.some((light) => light === word)

/** Projects with one of the lights among rows, against the form that `lights` names, else the one shown; every other row is left out with its own light. */
function counted(
  asked: Asked,
  lights: readonly string[],
  reasonOf: (row: number) => string | null,
  rows: Iterable<number>,
): Account {
  const { table, t } = asked
  const wanted = lights.filter(isLight)
  const form = lights.find(isForm) ?? table.form
  const light = (row: number) => lightIn(table, row, form)
  const { kept, out } = split(rows, reasonOf)
  const lit = kept.filter((row) => wanted.includes(light(row)))
  const other = kept.filter((row) => !wanted.includes(light(row)))
  const totals = totalsOf(table, kept)
  const counts = form === table.form ? totals.lights : totals.otherLights
  return {
    value: wanted.reduce((sum, one) => sum + counts[one], 0),
    form: 'count',
    method: { kind: 'sum' },
    rule: table.rule,
    date: table.date,
    rows: lit.map((row) => accountRow(asked, row, 1)),
    out: [
      ...other.map((row) => ({
        ...leftOut(asked, row, 'otherLight'),
        reason: t('explain:reason.otherLight', {
          light: t(`project:light.${light(row)}`),
        }),
      })),
      ...out.map(({ row, reason }) => leftOut(asked, row, reason)),
    ],
    words: {
      light: wanted.map((one) => t(`project:light.${one}`)).join('、'),
      part: t(`explain:part.${table.part}`),
      form: t(`explain:form.${form}`),
      year: table.year,
    },
  }
}

/** How many projects show a light. */
export const lightExplanations = {
  /** Of all that the filter finds: `~<light>`. */
  'light.found': (asked: Asked, lights: readonly string[]) => {
    const shown = new Set(asked.rows)
    return counted(
      asked,
      lights,
      (row) => (shown.has(row) ? null : 'filtered'),
      allRows(asked.table),
    )
  },
  /** 绿皮红心: of all that the filter finds, those whose evidence says worse than their overall light. */
  'light.disagrees': (asked: Asked): Account => {
    const { table, rows, t } = asked
    const { kept, out } = split(rows, (row) => (table.disagrees[row] === 1 ? null : 'agrees'))
    return {
      value: totalsOf(table, rows).disagrees,
      form: 'count',
      method: { kind: 'sum' },
      rule: table.rule,
      date: table.date,
      rows: kept.map((row) => ({
        ...accountRow(asked, row, 1),
        note: t('explain:reason.disagrees', {
          light: t(`project:light.${overallOf(table, row)}`),
          evidence: t(`project:light.${evidenceOf(table, row)}`),
        }),
      })),
      out: out.map(({ row, reason }) => leftOut(asked, row, reason)),
    }
  },
  /** Of the year's list: `~<light>`. */
  'light.listed': (asked: Asked, lights: readonly string[]) =>
    counted(asked, lights, (row) => unlisted(asked.table, row), asked.rows),
  /** Of one unit's part of the year's list: `~<unit>~<light>`. */
  'light.unit': (asked: Asked, [unit = '', ...lights]: readonly string[]) => {
    const { table, places } = asked
    const account = counted(
      asked,
      lights,
      (row) => unlisted(table, row) ?? (table.unit[row] === Number(unit) ? null : 'otherUnit'),
      asked.rows,
    )
    return { ...account, words: { ...account.words, unit: places.unit.get(Number(unit)) ?? unit } }
  },
} satisfies Explanations
