import { faultsOf, policies } from 'api/session/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const { asvs, dengbao } = policies

describe('asvs', () => {
  test.each([
    'correct horse battery',
    '株洲的春天来得很早也很暖和',
    'aaaabbbbccccdddd-x',
    'jflaksdjfqwo',
  ])('takes %s', (password) => {
    expect(faultsOf(asvs, password, 'wang')).toEqual([])
  })

  test.each([
    ['too short', 'Ab1!Ab1!Ab1'],
    ['a common one', 'Qwerty123456'],
    ['a common one here', 'zhuzhou123456'],
    ['one sign again and again', '1111111111111'],
    ['a run', 'abcdefghijklm'],
    ['a run backwards', 'zyxwvutsrqpon'],
    ['the login in it', 'my-wangwei-2023'],
  ])('refuses %s', (_, password) => {
    expect(faultsOf(asvs, password, 'wangwei')).toHaveLength(1)
  })
})

describe('等保', () => {
  test('asks for three kinds of four, and tells every fault', () => {
    expect(faultsOf(dengbao, 'Tree-Lake', 'wang')).toEqual([])
    expect(faultsOf(dengbao, 'tree7lake-', 'wang')).toEqual([])
    expect(faultsOf(dengbao, 'treelake', 'wang')).toHaveLength(1)
    expect(faultsOf(dengbao, 'aaa', 'wang')).toHaveLength(3)
  })
})

test('whatever is taken is long enough, of enough kinds, and not the login', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(asvs, dengbao), (text, policy) => {
      if (faultsOf(policy, text, 'somebody').length > 0) return
      expect([...text.normalize('NFC')].length).toBeGreaterThanOrEqual(policy.minLength)
      expect(text.toLowerCase()).not.toContain('somebody')
    }),
  )
})
