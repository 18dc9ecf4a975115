import type { MapReplay } from 'api/map/replay/contract'
import { expect, test } from 'vitest'
import { densityPath } from '../../web/replay/density.ts'
import { snapshotOfDay } from '../../web/replay/replay-day.ts'
import { spanOf, spansOf } from '../../web/replay/span.ts'
import { snapshotOf } from '../support/snapshot.ts'

test('the past is shown by years; a year that only just began to be known goes with the next', () => {
  expect(spansOf('2022-12-31', '2023-05-31')).toEqual([{ from: '2022-12-31', to: '2023-05-30' }])
  const spans = spansOf('2021-03-05', '2023-01-02')
  expect(spans).toEqual([
    { from: '2021-03-05', to: '2021-12-31' },
    { from: '2022-01-01', to: '2022-12-31' },
    { from: '2023-01-01', to: '2023-01-01' },
  ])
  expect(spansOf('2023-05-31', '2023-05-31')).toEqual([])
  expect(spanOf(spans, '2022-12-31')).toBe(spans[1])
  expect(spanOf(spans, null)).toBe(spans[2])
  expect(spanOf([], null)).toBeNull()
})

const base = snapshotOf([{ name: '甲' }, { name: '乙', doneWan: 5 }])
const { words: _, columns: __, ...head } = base
const day = (date: string, gone: number[] = []) => ({ ...head, date, gone })
/** On the second day 乙 does more, on the third a project joins, on the fourth 甲 leaves. */
const replay: MapReplay = {
  from: '2023-05-27',
  to: '2023-05-30',
  base,
  days: [
    { head: day('2023-05-28'), id: [2], columns: { doneWan: [null, [8]], light: [null, [0]] } },
    {
      head: day('2023-05-29'),
      id: [2, 3],
      columns: Object.fromEntries(
        Object.keys(base.columns).map((name) =>
          name === 'doneWan'
            ? [name, [null, [9, 1]]]
            : [name, [[1], [name === 'id' ? 3 : name === 'name' ? '丙' : 0]]],
        ),
      ),
    },
    { head: day('2023-05-30', [1]), id: [], columns: {} },
  ],
}

test('a day is the first one with all changes up to it; columns that stay are the same arrays', () => {
  const second = snapshotOfDay(replay, '2023-05-28')
  expect(second?.columns.doneWan).toEqual([null, 8])
  expect(second?.columns.name).toBe(base.columns.name)
  expect(snapshotOfDay(replay, '2023-05-29')?.columns.name).toEqual(['甲', '乙', '丙'])
  expect(snapshotOfDay(replay, '2023-05-30')).toMatchObject({
    date: '2023-05-30',
    gone: [],
    columns: { id: [2, 3], doneWan: [9, 1] },
  })
  expect(snapshotOfDay(replay, '2023-05-27')).toBe(base)
  expect(base.columns.doneWan).toEqual([null, 5])
  expect(snapshotOfDay(replay, '2023-05-31')).toBeNull()
  expect(snapshotOfDay(replay, '2023-05-26')).toBeNull()
})

test('the busiest day reaches the top', () => {
  expect(densityPath(replay)).toContain('V0.000')
})
