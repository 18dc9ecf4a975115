import type { ReportTable, ReportTableRow, TableLine } from 'api/report/contract'
import i18next from 'i18next'
import { accountOf, rowOf } from '../shell/account-of.ts'
import type { Account, AccountRow, Asked, Explanations } from '../shell/explanation.ts'
import { reportQueue, reportTable, tableLines } from './queries.ts'

type Group = 'total' | 'category' | 'planKind' | 'unit'

/** The line of the table that a key names: `<month>~<group>~<key>`, with its projects. */
async function lineOf({ client, asOf, t }: Asked, of: readonly string[]) {
  const [month = '', group = 'total', key = ''] = of as [string, Group, string]
  const table = await client.ensureQueryData(reportTable(month, asOf))
  const row = group === 'total' ? table.total : table[group].find((one) => one.key === key)
  const lines = await client.fetchQuery(tableLines(month, asOf, group, key))
  await i18next.loadNamespaces('panel')
  const name =
    group === 'total'
      ? t('panel:table.total')
      : (row?.name ?? t(`project:${group === 'category' ? 'category' : 'planKind'}.${key}`))
  return { table, row, lines, words: { month, what: name } }
}

interface Made extends Pick<Account, 'form'> {
  value: (row: ReportTableRow) => number | null
  amount: (line: TableLine) => number | null
  base?: (line: TableLine) => number
  method?: (table: ReportTable, asked: Asked) => Account['method']
  /** Why a project of the line is not in the figure. */
  reason?: string
}

const made =
  ({ form, value, amount, base, method, reason }: Made) =>
  async (asked: Asked, of: readonly string[]): Promise<Account> => {
    const { table, row, lines, words } = await lineOf(asked, of)
    const shown = row ? value(row) : null
    const named = lines.map((line) => {
      const told = amount(line)
      return {
        isIn: told !== null && shown !== null,
        row: projectRow(asked, line, told ?? 0, base),
      }
    })
    return accountOf({
      value: shown,
      form,
      method: method?.(table, asked) ?? { kind: 'sum' },
      date: asked.table.date,
      rows: named.flatMap((one) => (one.isIn ? [one.row] : [])),
      out: named.flatMap((one) =>
        one.isIn ? [] : [{ ...one.row, reason: asked.t(`explain:reason.${reason ?? 'noRate'}`) }],
      ),
      words: { ...words, due: table.dueOn, year: table.year },
    })
  }

function projectRow({ t }: Asked, line: TableLine, amount: number, base: Made['base']): AccountRow {
  return rowOf({
    key: String(line.projectId),
    name: line.projectName,
    project: line.projectId,
    note: line.unitName,
    amount,
    ...(base ? { base: base(line) } : {}),
    source: t(`project:provenance.${line.provenance}`),
    at: line.filedOn ?? '',
  })
}

async function waiting(
  { client, table }: Asked,
  [month = '']: readonly string[],
): Promise<Account> {
  const rows = await client.ensureQueryData(reportQueue(month))
  return accountOf({
    value: rows.length,
    date: table.date,
    rows: rows.map(({ report, project, unit }) =>
      rowOf({
        key: String(report.id),
        name: project,
        project: report.projectId,
        note: unit,
        at: report.reportedAt.slice(0, 10),
      }),
    ),
    words: { month },
  })
}

const done = ({ doneWan }: TableLine) => doneWan ?? 0
const annual = ({ annualWan }: TableLine) => annualWan

/** The monthly table by line (`~<month>~<group>~<key>`), and what waits for verification (`~<month>`). */
export const reportExplanations = {
  'report.projects': made({ form: 'count', value: ({ projects }) => projects, amount: () => 1 }),
  'report.reported': made({
    form: 'count',
    value: ({ reported }) => reported,
    amount: ({ filedOn }) => (filedOn === null ? null : 1),
    reason: 'notFiled',
  }),
  'report.inTime': made({
    form: 'count',
    value: ({ inTime }) => inTime,
    amount: ({ inTime }) => (inTime ? 1 : null),
    reason: 'filedLate',
  }),
  'report.annual': made({ form: 'wan', value: ({ annualWan }) => annualWan, amount: annual }),
  'report.month': made({
    form: 'wan',
    value: ({ monthWan }) => monthWan,
    amount: ({ monthWan }) => monthWan,
    reason: 'noMonth',
  }),
  'report.done': made({
    form: 'wan',
    value: ({ doneWan }) => doneWan,
    amount: ({ doneWan }) => doneWan,
    reason: 'doneWanUnknown',
  }),
  'report.share': made({
    form: 'percent',
    value: ({ doneShare }) => doneShare,
    amount: done,
    base: annual,
    method: () => ({ kind: 'ratio', scale: 1 }),
  }),
  'report.ahead': made({
    form: 'points',
    value: ({ aheadOfTime }) => aheadOfTime,
    amount: done,
    base: annual,
    method: ({ timeShare }, { t }) => ({
      kind: 'ratio',
      scale: 100,
      minus: { word: t('explain:minus.month'), value: timeShare * 100 },
    }),
  }),
  'report.queue': waiting,
} satisfies Explanations
