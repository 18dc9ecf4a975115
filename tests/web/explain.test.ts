import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addsUp, addUp, inOrder } from 'web/explain/add-up.ts'
import { explanations, findExplanation } from 'web/explain/registry.ts'
import { lightOrder } from 'web/light/light.ts'
import { filterRows, noFilter } from 'web/project/filter.ts'
import { buildTable } from 'web/project/table.ts'
import type { Account, Asked } from 'web/shell/explanation.ts'
import { csvText } from 'web/ui/csv.ts'
import { type Row, snapshotOf } from '../support/snapshot.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const words = (language: string) =>
  JSON.parse(readFileSync(join(web, 'i18n', language, 'explain.json'), 'utf8')).figure

/** Every `noun.name` in the sources that show figures. */
function named(folder = web): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'i18n', 'public'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return named(path)
    if (!/\.tsx?$/.test(entry.name)) return []
    const text = readFileSync(path, 'utf8')
    if (!/shell\/figure\.tsx|data-figure/.test(text)) return []
    return [...text.matchAll(/['"]([a-z]+\.[a-z][A-Za-z]*)['"]/g)].map(([, name = '']) => name)
  })
}
describe('the registry', () => {
  const names = Object.keys(explanations)
  test.each(['zh', 'en'])(
    'has a title and a definition for each figure in %s, and no more',
    (language) => {
      const told = Object.entries(words(language) as Record<string, object>).flatMap(([noun, of]) =>
        Object.entries(of).map(([name, text]) => {
          expect(Object.keys(text).sort(), `${noun}.${name}`).toEqual(['definition', 'title'])
          return `${noun}.${name}`
        }),
      )
      expect(told.sort()).toEqual([...names].sort())
    },
  )

  test('knows every figure that the sources name', () => {
    const found = named()
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter((name) => !names.includes(name))).toEqual([])
  })

  test('finds a figure by the key of the URL, and nothing that a link makes up', () => {
    expect(findExplanation('light.unit~3~red')?.of).toEqual(['3', 'red'])
    for (const key of ['', 'project', 'project.none', 'toString', '__proto__', '~'])
      expect(findExplanation(key)).toBeNull()
  })
})

const anyRow = fc.record<Partial<Row>>({
  unit: fc.integer({ min: 1, max: 3 }),
  light: fc.constantFrom('red', 'amber', 'green', 'stale', 'finished', 'none'),
  planKind: fc.constantFrom(-1, 0, 1),
  counted: fc.constantFrom(0, 1),
  totalWan: fc.option(fc.integer({ min: 0, max: 1e8 }).map((cents) => cents / 100)),
  annualWan: fc.option(fc.integer({ min: 0, max: 1e7 }).map((cents) => cents / 100)),
  doneWan: fc.option(fc.integer({ min: -1e6, max: 1e7 }).map((cents) => cents / 100)),
  plannedWan: fc.option(fc.integer({ min: 0, max: 1e7 }).map((cents) => cents / 100)),
  reported: fc.constantFrom(-1, 2023 * 12 + 3),
})

/** What figures are of that are not of a light. */
const particulars: Record<string, readonly string[]> = {
  'light.unit': lightOrder.map((light) => `1~${light}`),
  'project.facet': ['unit~1', 'unit~3', 'light~red', 'listed~yes', 'listed~no', 'stage~none'],
  'project.provenance': ['synthetic', 'published'],
  'project.near': ['~', '1~', '1~项目2'],
}

test('rows of every figure of the project table add up to it, and every other row has its reason', () => {
  const figures = Object.keys(explanations).filter((name) => /^(project|light)\./.test(name))
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 30 }), fc.boolean(), (given, filtered) => {
      const table = buildTable(snapshotOf(given))
      const filter = { ...noFilter, unit: filtered ? [1, 2] : [] }
      const rows = filterRows(table, filter)
      const asked = { table, rows, filter, places: { unit: new Map(), park: new Map() }, t: String }
      for (const name of figures) {
        for (const of of particulars[name] ?? lightOrder) {
          const found = findExplanation(`${name}~${of}`)
          const account = found?.explain(asked as unknown as Asked, found.of) as Account
          expect(addsUp(account), `${name}: ${account.value} ≠ ${addUp(account)}`).toBe(true)
          const keys = [...account.rows, ...account.out].map(({ key }) => key)
          expect(new Set(keys).size).toBe(keys.length)
          expect(account.out.every(({ reason }) => reason.startsWith('explain:reason.'))).toBe(true)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('rows that are missing or doubled are told', () => {
  const row = { key: '1', name: '', project: null, note: '', amount: 2, source: '', at: '' }
  const account = { value: 4, method: { kind: 'sum' } as const, rows: [row, row] }
  expect(addsUp(account)).toBe(true)
  expect(addsUp({ ...account, rows: [row] })).toBe(false)
  expect(addsUp({ ...account, value: null })).toBe(false)
  expect(addUp({ method: { kind: 'median' }, rows: [row, { ...row, amount: 5 }] })).toBe(3.5)
  expect(addUp({ method: { kind: 'ratio', scale: 1 }, rows: [row] })).toBeNull()
  expect(inOrder([row, { ...row, amount: -5 }], 'amount')[0]?.amount).toBe(-5)
})

test('a name of a file to keep is no formula', () => {
  expect(csvText([['=1+1', 'a,"b"', 3, null]])).toBe('\ufeff\'=1+1,"a,""b""",3,\r\n')
})
