import { accountRow, leftOut, split } from '../project/counted.ts'
import { unlisted } from '../project/explanation.ts'
import { allRows } from '../project/table.ts'
import { accountOf } from '../shell/account-of.ts'
import type { Asked, Explanations } from '../shell/explanation.ts'
import { densePlace, listedRows } from './overview.ts'

/** Figures that only the wall has. */
export const wallExplanations = {
  /** Listed projects within the box where most of them are. */
  'project.dense': (asked: Asked) => {
    const { table } = asked
    const place = densePlace(table, listedRows(table))
    const [west, south, east, north] = place?.bounds ?? [0, 0, 0, 0]
    const isInside = (row: number) => {
      const lon = table.lon[row] ?? Number.NaN
      const lat = table.lat[row] ?? Number.NaN
      return lon >= west && lon <= east && lat >= south && lat <= north
    }
    const { kept, out } = split(
      allRows(table),
      (row) => unlisted(table, row) ?? (isInside(row) ? null : 'outside'),
    )
    return accountOf({
      value: place?.projects ?? 0,
      date: table.date,
      rows: kept.map((row) => accountRow(asked, row, 1)),
      out: out.map(({ row, reason }) => leftOut(asked, row, reason)),
    })
  },
} satisfies Explanations
