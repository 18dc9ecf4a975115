import type { Report } from 'api/report/contract'
import { expect, test } from 'vitest'
import { correctionOf, resume } from 'web/report/begin.ts'
import { type Draft, emptyDraft } from 'web/report/draft.ts'

const received = {
  key: 'K1',
  month: '2023-05-01',
  status: 'submitted',
  percent: 20,
  actualWan: 50,
  progressText: '打桩',
  problem: null,
  cause: null,
  nextStep: null,
  sources: [],
  correctionNote: null,
  inStatistics: null,
} as unknown as Report
const today = '2023-05-31'
const draft = (change: Partial<Draft>): Draft => ({
  ...correctionOf(received),
  key: 'K1',
  replaces: null,
  ...change,
})

test('a draft that was received although its answer was lost is done: the next month is begun', () => {
  const next = resume(draft({}), [received], today)
  expect(next).toMatchObject({ month: '2023-04', actualWan: '', progressText: '打桩' })
  expect(next.key).not.toBe('K1')
})

test('changed after it was received it stays, to become a correction', () => {
  expect(resume(draft({ actualWan: '55' }), [received], today)).toMatchObject({
    key: 'K1',
    month: '2023-05',
    actualWan: '55',
  })
})

test('whose month somebody else reported goes on with a missing one, its figures to be told anew', () => {
  const mine = { ...emptyDraft('2023-05'), actualWan: '9', percent: '30', problem: '用地' }
  const next = resume(mine, [received], today)
  expect(next).toMatchObject({ month: '2023-04', actualWan: '', percent: '', problem: '用地' })
  expect(next.key).not.toBe(mine.key)
})
