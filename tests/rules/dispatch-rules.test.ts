import { arrive, climb, entryBody, ladderFaults, type Rung } from 'api/body/rules'
import { addDays } from 'api/calendar/days'
import { addWorkingDays, isWorkingDay } from 'api/calendar/working-days'
import { TaskAction, type TaskState } from 'api/dispatch/contract'
import {
  actionsOn,
  type Capacity,
  orderState,
  type Task,
  transition,
  warningOf,
} from 'api/dispatch/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const day = fc.integer({ min: 0, max: 400 }).map((count) => addDays('2023-01-01', count))
const capacity: fc.Arbitrary<Capacity> = fc.record({
  owner: fc.boolean(),
  sender: fc.boolean(),
  closes: fc.boolean(),
  extends: fc.boolean(),
  escalates: fc.boolean(),
})
const walk = fc.array(
  fc.record({
    action: fc.constantFrom(...TaskAction.options),
    note: fc.constantFrom(null, ' ', '说明'),
    dueOn: fc.option(day, { nil: null }),
    capacity,
    days: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 60 },
)
type Walk = typeof walk extends fc.Arbitrary<infer Steps> ? Steps : never
const sent = (dueOn: string): Task => ({
  state: 'sent',
  firstDueOn: dueOn,
  dueOn,
  askedDueOn: null,
  mayClimb: true,
})

/** The tasks that a walk leads through, each with the step that led there. */
function follow(start: Task, steps: Walk) {
  let today = '2023-01-01'
  let task = start
  return steps.flatMap((step) => {
    today = addDays(today, step.days)
    const { task: next } = transition(task, step, step.capacity, today)
    if (!next) return []
    const taken = { step, before: task, after: next }
    task = next
    return [taken]
  })
}

describe('a task on any way', () => {
  test('ends by a check of what was answered, or by the sender’s recall, and then stays so', () => {
    fc.assert(
      fc.property(day, walk, (dueOn, steps) => {
        for (const { step, before, after } of follow(sent(dueOn), steps)) {
          expect(['checked', 'recalled']).not.toContain(before.state)
          if (after.state === 'checked') {
            expect([step.action, before.state]).toEqual(['check', 'answered'])
            expect(step.capacity.sender || step.capacity.closes).toBe(true)
          }
          if (after.state === 'recalled') expect(step.capacity.sender).toBe(true)
        }
      }),
    )
  })

  test('never has an earlier day, and a later one only by an approved extension', () => {
    fc.assert(
      fc.property(day, walk, (dueOn, steps) => {
        for (const { step, before, after } of follow(sent(dueOn), steps)) {
          expect(after.firstDueOn).toBe(dueOn)
          expect(after.dueOn >= before.dueOn).toBe(true)
          if (after.dueOn !== before.dueOn) {
            expect(step.action).toBe('grant_extension')
            expect(step.capacity.sender || step.capacity.extends).toBe(true)
          }
          if (step.action === 'return') expect(after.dueOn).toBe(before.dueOn)
        }
      }),
    )
  })

  test('takes what it offers, and nothing else, as long as the words are there', () => {
    fc.assert(
      fc.property(day, walk, capacity, (dueOn, steps, asker) => {
        const task = follow(sent(dueOn), steps).at(-1)?.after ?? sent(dueOn)
        const offered = actionsOn(task, asker)
        for (const action of TaskAction.options) {
          const step = { action, note: '说明', dueOn: addDays(task.dueOn, 500) }
          const { refusal } = transition(task, step, asker, '2023-01-01')
          expect(refusal === undefined, action).toBe(offered.includes(action))
        }
      }),
    )
  })

  test('can be recalled by the sender for as long as it is open', () => {
    fc.assert(
      fc.property(day, walk, (dueOn, steps) => {
        const task = follow(sent(dueOn), steps).at(-1)?.after ?? sent(dueOn)
        const nobody = { owner: true, sender: false, closes: true, extends: true, escalates: true }
        const isOpen = task.state !== 'checked' && task.state !== 'recalled'
        expect(actionsOn(task, { ...nobody, sender: true }).includes('recall')).toBe(isOpen)
        expect(actionsOn(task, nobody)).not.toContain('recall')
      }),
    )
  })
})

test('an order is closed by checks alone', () => {
  const states: TaskState[] = [
    'sent',
    'acknowledged',
    'in_progress',
    'answered',
    'checked',
    'recalled',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...states), { minLength: 1 }), (tasks) => {
      const state = orderState(tasks)
      const open = tasks.some((one) => one !== 'checked' && one !== 'recalled')
      expect(state === 'open').toBe(open)
      if (state === 'closed') expect(tasks).toContain('checked')
      if (tasks.every((one) => one === 'checked')) expect(state).toBe('closed')
      if (tasks.every((one) => one === 'recalled')) expect(state).toBe('recalled')
    }),
  )
})

test('warnings count working days over the May holidays and their make-up days', () => {
  const at = (today: string, dueOn: string) => warningOf({ state: 'sent', dueOn }, today, 2)
  // 2023-04-29 to 05-03 are free, 04-23 and 05-06 are worked.
  expect(at('2023-04-26', '2023-05-04')).toBeNull()
  expect(at('2023-04-27', '2023-05-04')).toBe('before')
  expect(at('2023-05-01', '2023-05-04')).toBe('before')
  expect(at('2023-05-04', '2023-05-04')).toBe('due')
  expect(at('2023-05-05', '2023-05-04')).toBe('after')
  expect(at('2023-05-05', '2023-05-08')).toBe('before')
  expect(warningOf({ state: 'answered', dueOn: '2023-05-04' }, '2023-05-05', 2)).toBeNull()
})

describe('the ladder', () => {
  const rung = (
    id: number,
    level: number,
    parentId: number | null,
    unitId: number | null = null,
  ) => ({
    id,
    level,
    parentId,
    unitId,
    escalateAfterWd: id,
  })
  const rungs: Rung[] = [
    rung(1, 1, null),
    rung(2, 2, 1),
    rung(3, 3, 2, 30),
    rung(4, 3, 2, 40),
    rung(5, 2, 1, 50),
  ]

  test.each([
    ['one unit', [30], 3],
    ['two units below one body', [30, 40], 2],
    ['units that only the top has in common', [30, 50], 1],
    ['a unit without a body of its own', [99], 1],
    ['no unit', [], 1],
  ])('begins at the lowest body that can decide on %s', (_, units, body) => {
    expect(entryBody(rungs, units)?.id).toBe(body)
  })

  test('without bodies has no place', () => expect(entryBody([], [30])).toBeNull())

  test('is climbed in working days, over holidays, the same however seldom one looks', () => {
    const start = arrive(rung(3, 3, 2, 30), '2023-04-20', '2023-04-27')
    // After 04-27: 04-28, 05-04, 05-05; then 05-06 (make-up), 05-08.
    expect(start.nextOn).toBe('2023-05-05')
    expect(climb(rungs, start, '2023-05-04')).toEqual([])
    const days = Array.from({ length: 30 }, (_, index) => addDays('2023-04-27', index))
    let at = start
    const daily = days.flatMap((today) => {
      const hops = climb(rungs, at, today)
      at = hops.at(-1) ?? at
      return hops
    })
    expect(daily).toEqual(climb(rungs, start, '2023-06-30'))
    expect(daily).toEqual([
      { bodyId: 2, enteredOn: '2023-05-05', nextOn: '2023-05-08' },
      { bodyId: 1, enteredOn: '2023-05-08', nextOn: null },
    ])
  })

  test('of any height is climbed to its top, each rung on a working day after the last', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 9 }),
        day,
        (waits, from) => {
          const tower = waits.map((wait, index) => ({
            ...rung(index + 1, index + 1, index === 0 ? null : index),
            escalateAfterWd: wait,
          }))
          const bottom = tower.at(-1)
          if (!bottom) return
          const hops = climb(tower, arrive(bottom, from, from), '2030-01-01')
          expect(hops.map(({ bodyId }) => bodyId)).toEqual(
            waits
              .map((_, index) => index + 1)
              .reverse()
              .slice(1),
          )
          for (const hop of hops) expect(isWorkingDay(hop.enteredOn)).toBe(true)
          const total = waits
            .slice(1)
            .reverse()
            .reduce((at, wait) => addWorkingDays(at, wait), from)
          if (hops.length > 0)
            expect(hops.at(-1)).toEqual({ bodyId: 1, enteredOn: total, nextOn: null })
        },
      ),
    )
  })

  test('that passes has no cycle: a parent stands on a smaller level', () => {
    const body = fc.record({
      code: fc.constantFrom('a', 'b', 'c', 'd'),
      level: fc.integer({ min: 1, max: 3 }),
      parentCode: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    })
    const rest = { chairId: null, unitId: null, cadence: null, members: [], escalateAfterWd: 5 }
    const rights = { mayClose: false, mayExtend: false, mayEscalate: false }
    fc.assert(
      fc.property(fc.uniqueArray(body, { selector: ({ code }) => code, minLength: 1 }), (tree) => {
        const bodies = tree.map((one) => ({ ...one, ...rest, ...rights, name: one.code }))
        if (ladderFaults(bodies).length > 0) return
        for (const start of tree) {
          const seen = new Set<string>()
          for (
            let at: typeof start | undefined = start;
            at;
            at = tree.find(({ code }) => code === at?.parentCode)
          ) {
            expect(seen.has(at.code)).toBe(false)
            seen.add(at.code)
          }
        }
      }),
    )
  })
})
