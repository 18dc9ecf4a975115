import type { InvestmentMonth } from 'api/investment/contract'
import type { DraftFields } from 'api/report/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fallsBack, inputOf, totalOf } from 'web/report/begin.ts'
import { emptyDraft, fieldsOf } from 'web/report/draft.ts'
import { figuresOf } from 'web/report/figures.ts'
import { changedFields, mergeDrafts } from 'web/report/merge-draft.ts'

const draft = emptyDraft('2023-05')
const source = (fundSource: string, actualWan: string) => ({ fundSource, actualWan })

describe('a draft and what the server has', () => {
  const base: DraftFields = { ...fieldsOf(draft), percent: '10', progressText: '基坑' }
  const mine = { ...draft, percent: '10', progressText: '基坑' }

  test('are merged by field, the key is the server’s', () => {
    const theirs = { ...base, key: 'K', problem: '用地' }
    const merged = mergeDrafts({ ...mine, percent: '12' }, base, theirs)
    expect(merged.conflicts).toEqual([])
    expect(merged.draft).toMatchObject({ key: 'K', percent: '12', problem: '用地' })
    expect(changedFields(merged.draft, theirs)).toEqual(['percent'])
  })

  test('stay side by side where both changed one field', () => {
    const merged = mergeDrafts({ ...mine, percent: '12' }, base, { ...base, percent: '15' })
    expect(merged.draft.percent).toBe('12')
    expect(merged.conflicts).toEqual([{ field: 'percent', theirs: '15' }])
    const agreed = mergeDrafts({ ...mine, percent: '15' }, base, { ...base, percent: '15' })
    expect(agreed.conflicts).toEqual([])
  })

  test('nothing typed on either side is ever lost', () => {
    const text = fc.constantFrom('', '基坑', '主体', '封顶')
    fc.assert(
      fc.property(text, text, text, (was, here, there) => {
        const before = { ...base, problem: was }
        const { draft: merged, conflicts } = mergeDrafts({ ...mine, problem: here }, before, {
          ...before,
          problem: there,
        })
        const shown = [merged.problem, ...conflicts.map((one) => one.theirs)]
        if (here !== was) expect(shown).toContain(here)
        if (there !== was) expect(shown).toContain(there)
      }),
    )
  })
})

describe('money as typed', () => {
  test('by source adds up in hundredths and is sent with its total', () => {
    const sources = [source('财政资金', '0.1'), source('银行贷款', '0.2'), source('其他资金', '')]
    expect(totalOf({ actualWan: '', sources })).toBe(0.3)
    expect(inputOf(1, { ...draft, sources }, {})).toMatchObject({
      actualWan: 0.3,
      sources: [
        { fundSource: '财政资金', actualWan: 0.1 },
        { fundSource: '银行贷款', actualWan: 0.2 },
      ],
      ask: true,
    })
  })

  test('that goes backwards, of one source alone too, is sent as a correction with its reason', () => {
    const sources = [source('财政资金', '-5'), source('银行贷款', '9')]
    expect(fallsBack({ actualWan: '', sources })).toBe(true)
    const input = inputOf(1, { ...draft, sources, correctionNote: '审计核减' }, {})
    expect(input).toMatchObject({ correction: true, correctionNote: '审计核减', actualWan: 4 })
    expect(
      inputOf(1, { ...draft, actualWan: '5', correctionNote: '审计核减' }, {}),
    ).not.toHaveProperty('correction')
  })

  test('that is not told is not sent', () => {
    const input = inputOf(1, draft, { percentFell: ' ' })
    for (const field of ['actualWan', 'sources', 'doubts', 'issue'])
      expect(input).not.toHaveProperty(field)
  })

  test('stands beside the plan, with the month and without it', () => {
    const row = (month: string, plannedWan: number, actualWan: number | null, of = 'total') =>
      ({ month: `${month}-01`, fundSource: of, plannedWan, actualWan }) as InvestmentMonth
    const rows = [
      row('2023-03', 100, 90),
      row('2023-04', 100, null),
      row('2023-04', 0, 60.5, '财政资金'),
      row('2023-05', 100, 40),
      row('2023-06', 100, null),
    ]
    expect(figuresOf(rows, '2023-05', 120)).toEqual({
      plannedWan: 100,
      plannedSumWan: 300,
      doneBeforeWan: 150.5,
      doneWan: 270.5,
      differenceWan: -29.5,
    })
    expect(figuresOf([], '2023-05', null)).toEqual({
      plannedWan: null,
      plannedSumWan: null,
      doneBeforeWan: 0,
      doneWan: null,
      differenceWan: null,
    })
  })
})
