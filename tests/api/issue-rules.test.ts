import { advance, received } from 'api/issue/advance'
import { dueAfter, laterBy, nextWord, ruleV1 } from 'api/issue/clock'
import { IssueAction, IssueState } from 'api/issue/contract'
import { type HeldFrom, heldTimes } from 'api/issue/holder-days'
import { type Doer, type IssueFacts, isOpen, type Party } from 'api/issue/rules'
import { likeness } from 'api/issue/similar'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyStep, type TakenStep } from '../support/issue-steps.ts'

const at = (text: string) => new Date(`${text}:00+08:00`)
const hours = ruleV1.officeHours

describe('a promise', () => {
  test.each([
    ['4 office hours from the morning', '2023-05-31T09:00', { hours: 4 }, '2023-05-31T14:30'],
    ['4 office hours over the night', '2023-05-31T16:00', { hours: 4 }, '2023-06-01T11:30'],
    ['2 hours from a Saturday', '2023-06-03T10:00', { hours: 2 }, '2023-06-05T11:00'],
    ['1 day over a weekend', '2023-06-02T10:00', { days: 1 }, '2023-06-05T17:30'],
    ['5 days over the Dragon Boat Festival', '2023-06-20T10:00', { days: 5 }, '2023-06-28T17:30'],
    ['a make-up Sunday is worked', '2023-04-28T10:00', { days: 2 }, '2023-05-05T17:30'],
  ])('%s', (_, from, promised, due) => {
    expect(dueAfter(at(from), promised, hours)).toEqual(at(due))
  })

  test('moved by no days stays to the minute, else ends with the office hours', () => {
    expect(laterBy(at('2023-06-05T11:00'), 0, hours)).toEqual(at('2023-06-05T11:00'))
    expect(laterBy(at('2023-06-05T11:00'), 1, hours)).toEqual(at('2023-06-06T17:30'))
  })

  test('a long-term issue has its word by the 5th of the next month, or the working day after', () => {
    expect(nextWord(at('2023-07-10T09:00'), ruleV1)).toEqual(at('2023-08-07T17:30'))
    expect(nextWord(at('2023-12-31T23:00'), ruleV1)).toEqual(at('2024-01-05T17:30'))
  })
})

const fresh = () => received('normal', 'land', at('2023-05-31T09:00'), ruleV1)
const doer = (...parties: Party[]): Doer => ({ id: 1, parties })
const all = doer('manager', 'lead', 'raiser')

/** The facts after steps that have to be possible. */
function through(facts: IssueFacts, ...steps: [IssueAction, object?, string?][]): IssueFacts {
  return steps.reduce((issue, [action, given = {}, when = '2023-05-31T10:00']) => {
    const who = action === 'finish' ? { ...all, id: 2 } : all
    const input = { action, note: '说明', departmentId: 1, ...given }
    const result = advance(issue, input, who, at(when), ruleV1)
    if ('refusal' in result) throw new Error(`${action}: ${result.refusal.message}`)
    return result.next
  }, facts)
}
const refused = (facts: IssueFacts, action: IssueAction, given = {}, who = all) => {
  const result = advance(facts, { action, ...given }, who, at('2023-06-01T10:00'), ruleV1)
  return 'refusal' in result ? result.refusal.code : null
}
const inHand: [IssueAction, object?][] = [['screen'], ['assign'], ['accept'], ['begin']]

describe('the way of an issue', () => {
  test('from receipt to the archive, each step in its court', () => {
    const steps: [IssueAction, string][] = [
      ['screen', 'manager'],
      ['assign', 'lead'],
      ['accept', 'lead'],
      ['begin', 'lead'],
      ['finish', 'manager'],
      ['verify', 'raiser'],
      ['confirm', 'manager'],
      ['archive', 'none'],
    ]
    let issue = fresh()
    for (const [action, holder] of steps) {
      issue = through(issue, [action])
      expect([action, issue.holder]).toEqual([action, holder])
    }
    expect(issue).toMatchObject({ state: 'archived', dueAt: null, version: 8 })
  })

  test('is refused once at most', () => {
    const again = through(fresh(), ['screen'], ['assign'], ['return'], ['assign'])
    expect(refused(again, 'return', { note: '仍非本单位职责' })).toBe('ISSUE_RETURNED_ONCE')
  })

  test('needs what its steps need, of those whose step it is', () => {
    const screened = through(fresh(), ['screen'])
    expect(refused(screened, 'assign')).toBe('ISSUE_INCOMPLETE')
    expect(refused(screened, 'assign', { departmentId: 1, unitId: 1 })).toBe('ISSUE_INCOMPLETE')
    expect(refused(screened, 'assign', { departmentId: 1 }, doer('lead'))).toBe('ISSUE_FORBIDDEN')
    expect(refused(screened, 'finish', { note: '办完' })).toBe('ISSUE_STATE')
    const taken = through(fresh(), ...inHand)
    expect(refused(taken, 'ask_extension', { note: '待批', days: 99 })).toBe('ISSUE_INCOMPLETE')
  })

  test('nobody checks or praises the own work', () => {
    const done = through(fresh(), ...inHand, ['finish'])
    expect(refused(done, 'verify', {}, { ...all, id: 2 })).toBe('ISSUE_SAME_PERSON')
    const verified = through(done, ['verify'])
    expect(refused(verified, 'confirm', {}, { ...all, id: 2 })).toBe('ISSUE_SAME_PERSON')
  })

  test('a pause does not count, an extension does not hide what was promised first', () => {
    const taken = through(fresh(), ...inHand, ['contact'])
    const due = at('2023-06-07T17:30').toISOString()
    expect(taken).toMatchObject({ dueAt: due, firstDue: due, finishDue: due })
    const paused = through(taken, ['ask_pause'], ['grant_pause', {}, '2023-06-01T09:00'])
    expect(paused.dueAt).toBeNull()
    expect(refused(paused, 'finish', { note: '办完' })).toBe('ISSUE_STATE')
    const gone = through(paused, ['resume', {}, '2023-06-06T09:00'])
    expect(gone.dueAt).toBe(at('2023-06-12T17:30').toISOString())
    const extended = through(gone, ['ask_extension', { days: 3 }], ['grant_extension'])
    expect(extended).toMatchObject({
      dueAt: at('2023-06-15T17:30').toISOString(),
      firstDue: due,
      extended: 1,
    })
  })

  test('reopened, it keeps its first date and its old clock', () => {
    const before = through(fresh(), ...inHand, ['finish'], ['verify'])
    const after = through(before, ['reopen', {}, '2023-06-20T10:00'])
    expect(after).toMatchObject({
      state: 'in_hand',
      receivedAt: before.receivedAt,
      finishDue: before.finishDue,
      firstDue: before.firstDue,
      doneAt: null,
      verifiedAt: null,
      reopened: 1,
    })
  })

  test('handed to another after the ladder has decided, it keeps the clock of the first', () => {
    const up = through(fresh(), ...inHand, ['escalate', { bodyId: 1 }, '2023-06-12T10:00'])
    expect(up).toMatchObject({ state: 'escalated', holder: 'body', bodyId: 1, escalated: 1 })
    const other = through(up, ['assign', { departmentId: 2 }], ['accept', {}, '2023-06-14T10:00'])
    expect(other).toMatchObject({ bodyId: null, leadDepartmentId: 2, finishDue: up.finishDue })
  })
})

interface Taken {
  action: IssueAction
  by: number
  before: IssueFacts
  after: IssueFacts
  at: Date
}

/** Takes what is possible of random steps by random people; each issue begins on the same morning. */
function walk(steps: readonly TakenStep[]) {
  let issue = fresh()
  let now = at('2023-05-31T09:00').getTime()
  const taken: Taken[] = []
  for (const { given, by, parties, minutes } of steps) {
    now += minutes * 60_000
    const result = advance(issue, given, { id: by, parties }, new Date(now), ruleV1)
    if ('refusal' in result) continue
    taken.push({ action: given.action, by, before: issue, after: result.next, at: new Date(now) })
    issue = result.next
  }
  return { issue, taken, until: new Date(now) }
}
const walks = fc.array(anyStep, { minLength: 60, maxLength: 300, size: 'max' })

describe('whatever anybody does', () => {
  test('the random walks come everywhere, by every action', () => {
    const taken = fc.sample(walks, { numRuns: 300, seed: 1 }).flatMap((steps) => walk(steps).taken)
    expect(new Set(taken.map(({ after }) => after.state)).size).toBe(IssueState.options.length)
    expect(new Set(taken.map(({ action }) => action)).size).toBe(IssueAction.options.length)
  })

  test('nothing is confirmed or archived that was not verified by another than who did it', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const { taken } = walk(steps)
        for (const { action, by, before, after } of taken) {
          if (action === 'verify' || action === 'confirm') expect(by).not.toBe(before.doneById)
          if (!['verified', 'confirmed', 'archived'].includes(after.state)) continue
          expect(after.verifiedAt).not.toBeNull()
          expect(after.doneAt).not.toBeNull()
          if (action === 'confirm') expect(before.state).toBe('verified')
          if (action === 'archive') expect(before.confirmedAt).not.toBeNull()
        }
      }),
    )
  })

  test('it is returned once at most, and what has ended stays ended', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const { issue, taken } = walk(steps)
        expect(taken.filter(({ action }) => action === 'return').length).toBeLessThanOrEqual(1)
        expect(issue.returned).toBeLessThanOrEqual(1)
        expect(taken.every(({ before }) => isOpen(before.state))).toBe(true)
      }),
    )
  })

  test('no clock runs backwards, and the first date stays', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const { before, after } of walk(steps).taken) {
          expect(after.receivedAt).toBe(before.receivedAt)
          if (before.firstDue !== null) expect(after.firstDue).toBe(before.firstDue)
          if (before.finishDue !== null) {
            expect(after.finishDue?.localeCompare(before.finishDue)).toBeGreaterThanOrEqual(0)
          }
          expect(after.heldSince >= before.heldSince).toBe(true)
          expect(after.version).toBeGreaterThanOrEqual(before.version)
        }
      }),
    )
  })

  test('somebody holds it and a promise runs while it is open, unless its clock is stopped', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const { after } of walk(steps).taken) {
          expect(after.holder === 'none').toBe(!isOpen(after.state))
          const runs = isOpen(after.state) && after.pausedAt === null
          expect(after.dueAt !== null).toBe(runs)
        }
      }),
    )
  })

  test('the days of the holders add up to the time gone by', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const { issue, taken, until } = walk(steps)
        const held: HeldFrom[] = [
          { ...courtOf(fresh()), at: fresh().receivedAt },
          ...taken.map(({ after, at }) => ({ ...courtOf(after), at: at.toISOString() })),
        ]
        const end = issue.closedAt === null ? until : new Date(issue.closedAt)
        const sum = heldTimes(held, until).reduce((total, { ms }) => total + ms, 0)
        expect(sum).toBe(end.getTime() - Date.parse(issue.receivedAt))
      }),
    )
  })
})

const courtOf = (issue: IssueFacts) => ({
  holder: issue.holder,
  departmentId: issue.leadDepartmentId,
  unitId: issue.leadUnitId,
  personId: issue.leadPersonId,
})

test('titles are alike by the pairs of signs that they share', () => {
  expect(likeness('高压线未迁改', '高压线尚未迁改')).toBeGreaterThan(0.5)
  expect(likeness('高压线未迁改', '环评批复滞后')).toBe(0)
  expect(likeness('水', '水')).toBe(0)
})
