import { expect, test } from 'vitest'
import { conflictsOf } from 'web/shell/edit-draft.ts'

const stored = { name: '湘江大桥', note: '乙改的', totalWan: '100' }

test('only a field that another changed to something else is in conflict', () => {
  expect(conflictsOf({}, stored)).toEqual({})
  expect(conflictsOf({ name: { text: '湘江二桥', seen: '湘江大桥' } }, stored)).toEqual({})
  expect(conflictsOf({ note: { text: '甲改的', seen: '' } }, stored)).toEqual({ note: '乙改的' })
  expect(conflictsOf({ note: { text: ' 乙改的 ', seen: '' } }, stored)).toEqual({})
})
