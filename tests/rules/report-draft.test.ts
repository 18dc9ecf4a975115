import type { DraftFields } from 'api/report/contract'
import { merge } from 'api/report/draft'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const stored: DraftFields = {
  key: '6f9e2a2e-9c41-4b0e-8a3f-0d5a1c7e4b11',
  replaces: null,
  percent: '10',
  actualWan: '100',
  sources: [],
  correctionNote: '',
  progressText: '基坑',
  problem: '',
  cause: '',
  nextStep: '',
  inStatistics: null,
  issue: null,
}
const other = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a10'

test('two who write at a time merge by field, and the first key stays', () => {
  const merged = merge(stored, { key: other, percent: '12' }, { percent: '10' })
  expect(merged).toEqual({ ...stored, percent: '12' })
})

test('the same field in two hands is refused with what stands there', () => {
  const late = () => merge(stored, { key: other, actualWan: '90' }, { actualWan: '80' })
  expect(late).toThrow(
    expect.objectContaining({
      status: 409,
      code: 'REPORT_DRAFT_CHANGED',
      details: [expect.objectContaining({ field: 'actualWan', value: '100' })],
    }),
  )
  expect(merge(stored, { key: other, actualWan: '100' }, { actualWan: '80' })).toEqual(stored)
})

test('whatever two write into different fields, both stand whichever comes first', () => {
  const text = fc.string({ maxLength: 20 })
  fc.assert(
    fc.property(text, text, (percent, problem) => {
      const one = { key: other, percent }
      const two = { key: other, problem }
      const seen = { percent: '10', problem: '' }
      const there = merge(merge(stored, one, seen), two, { problem: '' })
      const back = merge(merge(stored, two, seen), one, { percent: '10' })
      expect(there).toEqual(back)
      expect(there).toMatchObject({ percent, problem })
    }),
  )
})
