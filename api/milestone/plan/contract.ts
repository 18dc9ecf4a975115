import { z } from 'zod'
import { DateText, Id, Instant, LineText, QueryId } from '../../http/contract.ts'
import { Category } from '../../project/contract.ts'
import { Decision, MilestoneKind } from '../contract.ts'

const Code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, {
  error: '应为编码：小写字母开头，只含小写字母、数字和下划线，最多 40 个字符',
})
const LimitDays = z
  .number({ error: '时限应为 0 到 2000 的整数（工作日）' })
  .int({ error: '时限应为 0 到 2000 的整数（工作日）' })
  .min(0, { error: '时限应为 0 到 2000 的整数（工作日）' })
  .max(2000, { error: '时限应为 0 到 2000 的整数（工作日）' })

/** A step of the lifecycle: what it waits for, how long it may take, whose it is. */
export const TemplateStep = z.strictObject({
  /** The kind's word itself for the step that files and lights go by: `start`. */
  code: Code,
  kind: MilestoneKind,
  name: LineText.max(100),
  /** In working days, once all that it waits for is done. */
  limitDays: LimitDays,
  after: z.array(Code).max(40),
  /** A department's name, `unit` or `enterprise`. */
  party: LineText.max(60),
})
export type TemplateStep = z.infer<typeof TemplateStep>

/** POST /milestone/template: a new version of a template; versions before it stay as they are. */
export const TemplateInput = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, { error: '应为编码，如 enterprise' }),
  name: LineText.max(100),
  category: Category.nullable(),
  steps: z.array(TemplateStep).min(1).max(100),
})
export type TemplateInput = z.infer<typeof TemplateInput>

/** The file of a city pack. */
export const TemplateFile = z.array(TemplateInput)

export const Template = z.object({
  ...TemplateInput.shape,
  version: z.number().int(),
})
export type Template = z.infer<typeof Template>
/** The latest version of each. */
export const TemplateList = z.object({ rows: z.array(Template) })

/** A step of a plan with its days. */
export const PlanStep = z.object({
  ...TemplateStep.shape,
  /** By the network alone. */
  proposedOn: DateText,
  /** What is planned: the proposed day, or one set by hand. */
  plannedOn: DateText,
  byHand: z.boolean(),
  /** Its milestone has this already, so that nothing is to be planned. */
  known: z.enum(['original', 'actual']).nullable(),
  slackDays: z.number().int(),
  critical: z.boolean(),
  /** Planned before what it waits for is done. */
  tooEarly: z.boolean(),
})
export type PlanStep = z.infer<typeof PlanStep>

export const MilestonePlan = z.object({
  id: Id,
  key: z.uuid(),
  projectId: Id,
  projectName: z.string(),
  unitId: Id,
  template: z.string(),
  templateName: z.string(),
  templateVersion: z.number().int(),
  startOn: DateText,
  /** Counts changes of its content; whoever goes on names the one that was looked at. */
  edition: z.number().int(),
  state: z.enum(['draft', 'submitted', 'approved', 'refused', 'dropped']),
  steps: z.array(PlanStep),
  proposer: z.string(),
  proposerId: Id.nullable(),
  proposedAt: Instant,
  submittedAt: Instant.nullable(),
  approver: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
})
export type MilestonePlan = z.infer<typeof MilestonePlan>

export const PlanFilter = z.object({
  project: QueryId.optional(),
  state: MilestonePlan.shape.state.optional(),
})
export const PlanList = z.object({ rows: z.array(MilestonePlan) })

/** POST /milestone/plan: proposes the days of all steps from a start. A draft before it is dropped. */
export const PlanInput = z.strictObject({
  key: z.uuid(),
  projectId: Id,
  template: z.string().min(1).max(40),
  startOn: DateText,
})
export type PlanInput = z.infer<typeof PlanInput>

const Seen = z.number().int().positive()

/** PUT /milestone/plan/:id: other limits, or days set by hand (null: the network's again). */
export const PlanChange = z.strictObject({
  seen: Seen,
  startOn: DateText.optional(),
  steps: z
    .array(
      z.strictObject({
        code: Code,
        limitDays: LimitDays.optional(),
        plannedOn: DateText.nullable().optional(),
      }),
    )
    .max(100)
    .optional(),
})
export type PlanChange = z.infer<typeof PlanChange>

export const PlanSubmission = z.strictObject({ seen: Seen })
export const PlanDecision = z.strictObject({ seen: Seen, ...Decision.shape })
export type PlanDecision = z.infer<typeof PlanDecision>
