import type { HotspotPlace, Hotspots } from 'api/hotspot/contract'
import { accountRow, leftOut } from '../project/counted.ts'
import { allRows } from '../project/table.ts'
import type { Account, Asked, Explain, Explanations } from '../shell/explanation.ts'
import { readAsk } from './ask.ts'
import { hotspotMap, measuresQuery } from './queries.ts'

/** Of one place: `~<place>~<wish>`; the reason is why its other projects, and those elsewhere, are not in. */
const ofPlace =
  (
    form: Account['form'],
    idsOf: (place: HotspotPlace) => readonly number[],
    amountOf: (asked: Asked, row: number) => number,
  ): Explain =>
  async (asked, [id = '', wish = '']) => {
    const map = await mapOf(asked, wish)
    const place = map.places.find((one) => one.id === id)
    const ids = new Set(place ? idsOf(place) : [])
    const inside = new Set(place?.projectIds ?? [])
    return {
      ...account(asked, map, form, ids, amountOf, (project) =>
        inside.has(project) ? 'notLate' : 'elsewhere',
      ),
      words: { place: place?.name ?? id },
    }
  }

const mapOf = (asked: Asked, wish: string): Promise<Hotspots> =>
  asked.client.fetchQuery(hotspotMap(readAsk(wish), asked.asOf))

function account(
  asked: Asked,
  map: Hotspots,
  form: Account['form'],
  ids: ReadonlySet<number>,
  amountOf: (asked: Asked, row: number) => number,
  reasonOf: (project: number) => string,
): Account {
  const { table } = asked
  const rows = [...allRows(table)]
  const project = (row: number) => table.id[row] ?? 0
  const kept = rows.filter((row) => ids.has(project(row)))
  return {
    value: kept.reduce((sum, row) => sum + amountOf(asked, row), 0),
    form,
    method: { kind: 'sum' },
    rule: null,
    date: map.date,
    rows: kept.map((row) => accountRow(asked, row, amountOf(asked, row))),
    out: rows
      .filter((row) => !ids.has(project(row)))
      .map((row) => leftOut(asked, row, reasonOf(project(row)))),
  }
}

const one = () => 1
const annualOf = ({ table }: Asked, row: number) => table.annualWan[row] || 0

/** Of all that the map rests on; `reasonOf` is why a value is left out, by the rule's least late one. */
async function ofMeasured(
  asked: Asked,
  wish: string,
  reasonOf: (value: number, least: number) => string | null,
): Promise<Account> {
  const map = await mapOf(asked, wish)
  const { columns } = await asked.client.fetchQuery(measuresQuery(asked.asOf))
  const { measure, weighted, lateFrom } = map.rule
  const reasons = new Map<number, string>()
  for (const [at, id] of columns.id.entries()) {
    const value = columns[measure][at] ?? null
    const reason =
      value === null
        ? 'noMeasure'
        : columns.lon[at] === null
          ? 'noPosition'
          : weighted && !((columns.annualWan[at] ?? 0) > 0)
            ? 'noWeight'
            : reasonOf(value, lateFrom[measure])
    if (reason !== null) reasons.set(id, reason)
  }
  const ids = new Set(columns.id.filter((id) => !reasons.has(id)))
  return account(asked, map, 'count', ids, one, (id) => reasons.get(id) ?? 'noMeasure')
}

export const hotspotExplanations = {
  'hotspot.projects': ofPlace('count', ({ projectIds }) => projectIds, one),
  'hotspot.late': ofPlace('count', ({ lateIds }) => lateIds, one),
  'hotspot.annual': ofPlace('wan', ({ projectIds }) => projectIds, annualOf),
  /** Projects that the map rests on: `~<wish>`. */
  'hotspot.measured': (asked, [wish = '']) => ofMeasured(asked, wish, () => null),
  /** The late ones among them: `~<wish>`. */
  'hotspot.lateAll': (asked, [wish = '']) =>
    ofMeasured(asked, wish, (value, least) => (value >= least ? null : 'onTime')),
} satisfies Explanations
