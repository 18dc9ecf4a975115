/*
 * The totals row that people leave in a table: read, compared with the sum of the rows, not imported.
 */
import { type Cell, plainText } from './cell.ts'
import type { Finding } from './contract.ts'
import { aboutFile, type Draft, numberOf, rowWords } from './draft.ts'
import { type Layout, moneyUnitOf } from './find-header.ts'
import { parseMoney } from './money.ts'

export interface TotalsRow {
  row: number
  cells: readonly Cell[]
}

/** A note for each totals row, and a warning for each of its amounts that the rows do not sum to. */
export function checkTotals(
  totals: readonly TotalsRow[],
  drafts: readonly Draft[],
  layout: Layout,
  sheet = '',
): Finding[] {
  return totals.flatMap(({ row, cells }) => {
    const message = `${rowWords({ sheet, row })}是合计行，未作为数据导入`
    const findings: Finding[] = [{ ...aboutFile('note', 'TOTALS_ROW', message), row }]
    for (const column of layout.columns) {
      const { field, index, header } = column
      if (field?.kind !== 'money') continue
      const unit = moneyUnitOf(column, layout)
      const parsed = parseMoney(cells[index] ?? null, unit)
      if (!parsed.ok || parsed.value === null) continue
      let sum = 0
      for (const draft of drafts) sum += numberOf(draft, field.name) ?? 0
      if (Math.abs(sum - parsed.value) <= roundingOf(cells[index] ?? null, unit)) continue
      const text = `合计行的“${header}”是 ${parsed.value} 万元，各行之和是 ${sum.toFixed(2)} 万元：请核对`
      findings.push({ ...aboutFile('warn', 'TOTAL_MISMATCH', text, field.name), row })
    }
    return findings
  })
}

/** Half a unit of the last digit that the total is written with, in 万元. */
function roundingOf(cell: Cell, unit: string | null): number {
  const decimals = plainText(cell).split('.')[1]?.replace(/\D.*$/, '').length ?? 0
  const scale = unit === '亿元' ? 10_000 : unit === '元' ? 0.0001 : 1
  return (0.5 * scale) / 10 ** decimals + 0.005
}
