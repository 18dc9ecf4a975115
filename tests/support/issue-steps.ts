import { IssueAction, type IssueStepInput } from 'api/issue/contract'
import type { Party } from 'api/issue/rules'
import fc from 'fast-check'

/** A step that somebody tries; most are not possible where they are tried. */
export interface TakenStep {
  given: Omit<IssueStepInput, 'key' | 'version'>
  /** Which of three people. */
  by: number
  parties: Party[]
  /** Since the step before. */
  minutes: number
}

/** The usual way is as likely as all the rest together: else no walk would come far. */
const usual: IssueAction[] = ['screen', 'assign', 'accept', 'begin', 'finish', 'verify', 'confirm']

/** These end it, and would end nearly every walk before its middle. */
const ending: IssueAction[] = ['refuse', 'merge']
const others = IssueAction.options.filter((one) => !usual.includes(one) && !ending.includes(one))

const action = fc.oneof(
  { arbitrary: fc.constantFrom(...usual), weight: 30 },
  { arbitrary: fc.constantFrom(...others), weight: 30 },
  { arbitrary: fc.constantFrom(...ending), weight: 1 },
)

export const anyStep: fc.Arbitrary<TakenStep> = fc.record({
  given: fc.record({
    action,
    note: fc.constantFrom('说明', '说明', ''),
    departmentId: fc.constantFrom(1, 2),
    cause: fc.constant('land'),
    days: fc.integer({ min: 1, max: 12 }),
    rating: fc.integer({ min: 1, max: 5 }),
    intoId: fc.constant(99),
    bodyId: fc.constantFrom(1, 2),
  }),
  by: fc.integer({ min: 1, max: 3 }),
  parties: fc.subarray<Party>(['manager', 'lead', 'raiser'], { minLength: 2 }),
  minutes: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 20_000 })),
})
