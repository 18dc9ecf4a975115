/*
 * Problems of the year so far: what holds generated projects back, on its way through the offices by
 * the rules that hold for everybody (api/issue), as far as it has come when the demo's clock begins.
 */
import { createHash } from 'node:crypto'
import { type Random, random } from 'geo/random'
import { addWorkingDays, workingDayFrom } from '../../calendar/working-days.ts'
import { advance, received } from '../../issue/advance.ts'
import { ruleV1 } from '../../issue/clock.ts'
import type { IssueAction, IssueChannel } from '../../issue/contract.ts'
import type { Doer, IssueFacts } from '../../issue/rules.ts'
import { instant } from './instant.ts'
import type { PackFiles } from './pack.ts'
import type { Entry } from './story.ts'

/** An issue with its steps; departments by name (blank: the project's own), projects by code. */
export interface StoryIssue {
  key: string
  project: string
  department: string
  title: string
  enterprise: string | null
  channel: IssueChannel
  raiserName: string
  facts: IssueFacts
  steps: StoryStep[]
}
export interface StoryStep {
  key: string
  action: IssueAction | 'raise'
  at: Date
  byName: string
  note: string | null
  facts: IssueFacts
}

type Planned = [action: IssueAction, days: number, note?: string]
const toWork: Planned[] = [
  ['screen', 1],
  ['assign', 1],
  ['accept', 1],
  ['begin', 1],
  ['contact', 1, '已上门联系，情况属实'],
]
const solved: Planned[] = [
  ...toWork,
  ['finish', 2, '已协调到位'],
  ['verify', 2],
  ['confirm', 3, '问题已解决'],
  ['archive', 1],
]
/** How issues go, and how often; each stops where the clock of the demo begins. */
const ways: readonly [weight: number, way: Planned[]][] = [
  [26, solved],
  [
    14,
    [
      ...toWork,
      ['finish', 9, '已协调到位'],
      ['verify', 3],
      ['confirm', 4, '问题已解决'],
      ['archive', 1],
    ],
  ],
  [24, toWork],
  [
    8,
    [
      ...toWork,
      ['ask_extension', 3, '上级批复未到，申请延期'],
      ['grant_extension', 1],
      ['finish', 9, '批复已到，问题解决'],
      ['verify', 2],
      ['confirm', 4, '问题已解决'],
      ['archive', 1],
    ],
  ],
  [5, [...toWork, ['ask_extension', 2, '涉及多户协商，申请延期']]],
  [5, [...toWork, ['ask_pause', 2, '等待省级批复'], ['grant_pause', 1]]],
  [
    5,
    [
      ['screen', 1],
      ['assign', 1],
      ['return', 1, '不属本部门职责'],
      ['assign', 1],
      ['accept', 1],
      ['begin', 1],
    ],
  ],
  [
    5,
    [...toWork, ['finish', 3, '已协调到位'], ['verify', 2], ['reopen', 2, '现场仍未恢复施工条件']],
  ],
  [4, [...toWork, ['shelve', 8, '需列入下一年度用地计划，按月报告进展']]],
  [4, [['refuse', 1, '属企业之间的合同纠纷，已告知依法解决']]],
]
const channels: readonly IssueChannel[] = [
  'report',
  'inspection',
  'meeting',
  'enterprise',
  'message',
]
const anybody: Doer = { id: null, parties: ['manager', 'lead', 'raiser'] }

/** The issues of the delayed projects among the generated ones, oldest first. */
export function issueStory(pack: PackFiles, entries: readonly Entry[]): StoryIssue[] {
  const stream = random(pack.recipe.seed).fork('issues')
  const held = entries.filter(
    ({ member, conduct, change }) =>
      member.generated && conduct.cause !== null && change !== 'removed',
  )
  if (held.length === 0) return []
  const rounds = Math.ceil(pack.recipe.issues / held.length)
  return Array.from({ length: rounds }, () => stream.shuffle(held))
    .flat()
    .slice(0, pack.recipe.issues)
    .flatMap((entry, number) => tellIssue(pack, entry, stream.fork(String(number)), number))
    .sort((a, b) => a.facts.receivedAt.localeCompare(b.facts.receivedAt))
}

function tellIssue(pack: PackFiles, entry: Entry, stream: Random, number: number): StoryIssue[] {
  const cause = pack.cause.find((one) => one['名称'] === entry.conduct.cause)
  if (!cause) return []
  const text = stream.pick(pack.wording.causes[cause['名称'] ?? ''] ?? [cause['名称'] ?? ''])
  const severity = stream.uniform() < 0.15 ? 'urgent' : 'normal'
  const at = begun(pack, stream)
  const first = received(severity, cause['编码'] ?? null, at, ruleV1)
  const raiserName = `示例企业联系人 ${stream.integer(1, 60)}`
  const keys = (name: string) => uuid(`${pack.recipe.seed} issue ${number} ${name}`)
  const steps: StoryStep[] = [
    { key: keys('raise'), action: 'raise', at, byName: raiserName, note: null, facts: first },
  ]
  const way = stream.pickWeighted(ways, ([weight]) => weight)[1]
  let when = at
  for (const [index, [action, days, note]] of way.entries()) {
    when = later(when, action, days, stream)
    const last = steps.at(-1)?.facts
    if (!last || when.getTime() >= Date.parse(pack.head.clockStart)) break
    const given = { action, note: note ?? null, ...needs(action) }
    const result = advance(last, given, anybody, when, ruleV1)
    if ('refusal' in result) throw new Error(`STORY_INVALID: ${action}: ${result.refusal.message}`)
    const byName = doerName(action, cause['责任部门'] ?? '', raiserName)
    steps.push({
      key: keys(`${index}`),
      action,
      at: when,
      byName,
      note: note ?? null,
      facts: result.next,
    })
  }
  return [
    {
      key: keys('raise'),
      project: entry.member.code,
      department: cause['责任部门'] ?? '',
      title: text.replace('{n}', String(stream.integer(2, 45))),
      enterprise: null,
      channel: stream.pick(channels),
      raiserName,
      facts: steps.at(-1)?.facts ?? first,
      steps,
    },
  ]
}

/** Later months more often: what was raised long ago is mostly closed by now. */
function begun(pack: PackFiles, stream: Random): Date {
  const today = pack.head.clockStart.slice(0, 10)
  const back = Math.floor(stream.uniform() ** 1.7 * 75)
  const day = workingDayFrom(addWorkingDays(today, -back - 1))
  return instant(day, `${stream.integer(10, 16)}:${stream.integer(10, 59)}`)
}

/** The reply to a handover comes within hours, everything else on a later working day. */
function later(from: Date, action: IssueAction, days: number, stream: Random): Date {
  if (action === 'accept') return new Date(from.getTime() + stream.integer(20, 90) * 60_000)
  const day = addWorkingDays(from.toISOString().slice(0, 10), days + stream.integer(0, 1))
  return instant(day, `${stream.integer(10, 16)}:${stream.integer(10, 59)}`)
}

/** The department is told by name where the rows are written. */
const needs = (action: IssueAction) => ({
  ...(action === 'assign' ? { departmentId: 1 } : {}),
  ...(action === 'ask_extension' ? { days: 8 } : {}),
  ...(action === 'confirm' ? { rating: 5 } : {}),
})

const offices = new Set<IssueAction>([
  'accept',
  'return',
  'begin',
  'contact',
  'finish',
  'ask_extension',
  'ask_pause',
])

function doerName(action: IssueAction, department: string, raiser: string): string {
  if (action === 'confirm' || action === 'reopen') return raiser
  return offices.has(action) ? `${department || '主管部门'}示例经办` : '市调度办示例经办'
}

/** The same text gives the same key. */
function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
