import { randomUUID } from 'node:crypto'
import {
  Account,
  AccountList,
  DepartmentList,
  HandoverResult,
  Invitation,
} from 'api/account/contract'
import { Agenda, DependantList, Reminded } from 'api/agenda/contract'
import { AuditList, AuditState, PrintRecorded } from 'api/audit/contract'
import { BodyItemList, BodyList } from 'api/body/contract'
import { BasemapFeatures, City } from 'api/city/contract'
import { Comparison, Look } from 'api/comparison/contract'
import type { Database } from 'api/db/database'
import { Device, DeviceLink, DeviceList, Pairing } from 'api/device/contract'
import { DispatchDetail, DispatchList, Proposal } from 'api/dispatch/contract'
import { ChangeList } from 'api/event/contract'
import { Forecast, YearForecast } from 'api/forecast/contract'
import { HolderTotal, ProjectHolder } from 'api/holder/contract'
import { HotspotHistory, HotspotMeasures, Hotspots } from 'api/hotspot/contract'
import { ApiError } from 'api/http/contract'
import { Inbox } from 'api/inbox/contract'
import { CurveRowList, InvestmentCurve, InvestmentList } from 'api/investment/contract'
import {
  Cause,
  CauseList,
  IssueDetail,
  IssueList,
  IssueRate,
  SimilarList,
} from 'api/issue/contract'
import { Disagreements } from 'api/light/contract'
import { LightBook, LightPreview, LightRule } from 'api/light/rule/contract'
import { own } from 'api/light/rule/shipped'
import { MapSnapshot } from 'api/map/contract'
import { MapReplay } from 'api/map/replay/contract'
import { Milestone, MilestoneList, Revision, RevisionList } from 'api/milestone/contract'
import {
  MilestonePlan,
  PlanList as MilestonePlanList,
  Template,
  TemplateList,
} from 'api/milestone/plan/contract'
import { Ledger, Slip, SlipRowList } from 'api/milestone/slip/contract'
import {
  NoticeList,
  NoticePreference,
  NoticeUnread,
  NoticeWebhook,
  NoticeWebhookList,
  NoticeWebhookTest,
} from 'api/notice/contract'
import { ParkBoundary, ParkList } from 'api/park/contract'
import { PhotoList } from 'api/photo/contract'
import { PlanList } from 'api/plan/contract'
import { ProjectDetail, ProjectHistory, ProjectList } from 'api/project/contract'
import {
  Report,
  ReportDraft,
  ReportDraftList,
  ReportList,
  ReportQueue,
  ReportTable,
  TableLineList,
} from 'api/report/contract'
import { Schedule } from 'api/schedule/contract'
import { SessionState, SignInResult } from 'api/session/contract'
import { UnitBoundary, UnitList } from 'api/unit/contract'
import { inspectRoutes } from 'hono/dev'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { givePassword, password } from '../support/accounts.ts'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'
import { addPlanning, smallTemplate } from '../support/milestone-city.ts'
import type { Login } from '../support/people.ts'

let db: Database
let site: TestApp
beforeAll(async () => {
  // Nobody listens there: the robot below cannot be told anything.
  site = await openSmallCity({ ONEMAP_WEBHOOK_HOSTS: '127.0.0.1:1' })
  db = site.deps.db
  await addPlanning(db)
  await givePassword(site.deps, 'department')
  await giveUpOne()
})
afterAll(() => site.close())

interface Answer {
  route: string
  path: string
  contract: z.ZodType
  body?: unknown
  status?: number
  /** Who asks; the dispatcher when nothing is said. */
  as?: Login
}

const reason = '接口测试'
/** Of the report that is filed below, the 27th of the small city. */
const reportKey = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a10'
const dispatchKey = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a12'
const issueKey = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a11'
const planKey = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a15'
const stepKey = '0d1c9d0e-53a5-4d0c-9a0c-6d3cdd2a7a12'
/** One successful call of every route; what it answers must be exactly what its contract says. */
const answers: Answer[] = [
  { route: 'GET /city', path: '/city', contract: City },
  { route: 'GET /city/basemap', path: '/city/basemap', contract: BasemapFeatures },
  { route: 'GET /unit', path: '/unit', contract: UnitList },
  { route: 'GET /unit/boundary', path: '/unit/boundary', contract: UnitBoundary },
  {
    route: 'GET /unit/boundary',
    path: '/unit/boundary?asOf=2023-01-31',
    contract: UnitBoundary,
  },
  { route: 'GET /park', path: '/park?asOf=2023-03-31', contract: ParkList },
  { route: 'GET /park/boundary', path: '/park/boundary', contract: ParkBoundary },
  { route: 'GET /project', path: '/project', contract: ProjectList },
  { route: 'GET /project', path: '/project?asOf=2023-03-31&light=green', contract: ProjectList },
  { route: 'GET /project/:id', path: '/project/1', contract: ProjectDetail },
  { route: 'GET /project/:id', path: '/project/2?asOf=2023-03-31', contract: ProjectDetail },
  { route: 'GET /project/:id/history', path: '/project/1/history', contract: ProjectHistory },
  {
    route: 'POST /project',
    path: '/project',
    contract: ProjectDetail,
    body: { code: 'N1', name: '新项目', unitId: 2, category: 'ecology', reason },
    status: 201,
  },
  {
    route: 'PATCH /project/:id',
    path: '/project/1',
    contract: ProjectDetail,
    body: { totalWan: 31_000, reason },
  },
  { route: 'GET /plan', path: '/plan', contract: PlanList },
  { route: 'GET /milestone', path: '/milestone?project=1', contract: MilestoneList },
  {
    route: 'PUT /milestone',
    path: '/milestone',
    contract: Milestone,
    body: {
      projectId: 2,
      kind: 'permit',
      actualDate: '2023-04-01',
      evidence: '施工许可证 4302022304010101',
      reason,
    },
  },
  { route: 'GET /milestone/template', path: '/milestone/template', contract: TemplateList },
  {
    route: 'POST /milestone/template',
    path: '/milestone/template',
    contract: Template,
    body: smallTemplate,
    as: 'administrator',
  },
  {
    route: 'POST /milestone/plan',
    path: '/milestone/plan',
    contract: MilestonePlan,
    body: { key: planKey, projectId: 5, template: 'small', startOn: '2023-06-01' },
    status: 201,
    as: 'unit',
  },
  {
    route: 'PUT /milestone/plan/:id',
    path: '/milestone/plan/1',
    contract: MilestonePlan,
    body: { seen: 1, steps: [{ code: 'eia', limitDays: 25 }] },
  },
  {
    route: 'POST /milestone/plan/:id/submission',
    path: '/milestone/plan/1/submission',
    contract: MilestonePlan,
    body: { seen: 2 },
    as: 'unit',
  },
  {
    route: 'GET /milestone/plan',
    path: '/milestone/plan?state=submitted',
    contract: MilestonePlanList,
  },
  {
    route: 'POST /milestone/plan/:id/decision',
    path: '/milestone/plan/1/decision',
    contract: MilestonePlan,
    body: { seen: 2, decision: 'approved' },
  },
  {
    route: 'POST /milestone/:id/revision',
    path: '/milestone/8/revision',
    contract: Revision,
    body: {
      key: planKey,
      toDate: '2024-12-31',
      causeCode: 'land',
      text: '征拆未完',
      seen: '2023-06-08',
    },
    status: 201,
    as: 'unit',
  },
  { route: 'GET /milestone/revision', path: '/milestone/revision', contract: RevisionList },
  {
    route: 'POST /milestone/revision/:id/decision',
    path: '/milestone/revision/1/decision',
    contract: Revision,
    body: { decision: 'approved' },
  },
  {
    route: 'POST /milestone/:id/verification',
    path: '/milestone/7/verification',
    contract: Milestone,
    body: { actualDate: '2023-04-01' },
  },
  {
    route: 'POST /milestone/:id/correction',
    path: '/milestone/1/correction',
    contract: Milestone,
    body: { originalDate: '2023-01-20', seen: '2023-01-31', reason },
  },
  { route: 'GET /milestone/ledger', path: '/milestone/ledger?project=3', contract: Ledger },
  { route: 'GET /milestone/slip', path: '/milestone/slip?kind=finish', contract: Slip },
  {
    route: 'GET /milestone/slip/row',
    path: '/milestone/slip/row?against=original',
    contract: SlipRowList,
  },
  { route: 'GET /forecast', path: '/forecast?project=3', contract: Forecast },
  { route: 'GET /forecast/year', path: '/forecast/year?detail=true', contract: YearForecast },
  { route: 'GET /holder', path: '/holder?project=3', contract: ProjectHolder },
  { route: 'GET /holder/total', path: '/holder/total', contract: HolderTotal },
  {
    route: 'GET /hotspot',
    path: '/hotspot?measure=slip&basis=project&bandKm=4.5',
    contract: Hotspots,
  },
  {
    route: 'GET /hotspot/history',
    path: '/hotspot/history?every=month&periods=3',
    contract: HotspotHistory,
  },
  { route: 'GET /hotspot/measure', path: '/hotspot/measure', contract: HotspotMeasures },
  { route: 'GET /investment', path: '/investment?project=1', contract: InvestmentList },
  { route: 'GET /investment/curve', path: '/investment/curve?unit=2', contract: InvestmentCurve },
  {
    route: 'GET /investment/curve/row',
    path: '/investment/curve/row?month=2023-04-01',
    contract: CurveRowList,
  },
  {
    route: 'GET /report/table/row',
    path: '/report/table/row?month=2023-04-01&group=unit&key=1',
    contract: TableLineList,
  },
  { route: 'GET /report', path: '/report', contract: ReportList },
  {
    route: 'POST /agenda/reminder',
    path: '/agenda/reminder',
    body: { noun: 'report', id: 1 },
    contract: Reminded,
  },
  {
    route: 'POST /report',
    path: '/report',
    contract: Report,
    body: {
      key: reportKey,
      projectId: 1,
      month: '2023-05-01',
      percent: 40.5,
      progressText: '主体封顶',
      actualWan: 1234.56,
    },
    status: 201,
  },
  {
    route: 'POST /report/:id/review',
    path: '/report/27/review',
    contract: Report,
    body: { key: reportKey, decision: 'returned', note: '金额与台账不符' },
  },
  {
    route: 'PUT /report/draft',
    path: '/report/draft',
    contract: ReportDraft,
    body: { projectId: 3, month: '2023-05-01', fields: { key: reportKey.replace(/^0/, '1') } },
  },
  { route: 'GET /report/draft', path: '/report/draft?project=3', contract: ReportDraftList },
  {
    route: 'GET /report/queue',
    path: '/report/queue?month=2023-04-01',
    contract: ReportQueue,
  },
  { route: 'GET /photo', path: '/photo?project=1', contract: PhotoList },
  {
    route: 'GET /report/table',
    path: '/report/table?month=2023-04-01',
    contract: ReportTable,
  },
  {
    route: 'PUT /issue/cause',
    path: '/issue/cause',
    contract: Cause,
    body: { code: 'land', name: '征地拆迁' },
  },
  { route: 'GET /issue/cause', path: '/issue/cause', contract: CauseList },
  {
    route: 'POST /issue',
    path: '/issue',
    contract: IssueDetail,
    body: {
      key: issueKey,
      projectId: 1,
      title: '高压线未迁改',
      cause: '征地拆迁',
      channel: 'meeting',
      location: { type: 'Point', coordinates: [113.18, 27.84] },
    },
    status: 201,
  },
  {
    route: 'PATCH /issue/:id',
    path: '/issue/1',
    contract: IssueDetail,
    body: { severity: 'urgent', seen: { severity: 'normal' } },
  },
  {
    route: 'POST /issue/:id/step',
    path: '/issue/1/step',
    contract: IssueDetail,
    body: { key: stepKey, action: 'screen', version: 0 },
  },
  { route: 'GET /issue', path: '/issue?open=true&text=高压', contract: IssueList },
  { route: 'GET /issue/:id', path: '/issue/1', contract: IssueDetail },
  { route: 'GET /issue/rate', path: '/issue/rate?unit=2', contract: IssueRate },
  {
    route: 'GET /issue/similar',
    path: '/issue/similar?project=1&cause=land',
    contract: SimilarList,
  },
  {
    route: 'PUT /body',
    path: '/body',
    contract: BodyList,
    body: {
      seen: 0,
      reason,
      bodies: [
        {
          code: 'city',
          name: '市级领导小组',
          level: 1,
          parentCode: null,
          members: [{ departmentId: 1 }],
          mayClose: true,
          mayExtend: true,
          mayEscalate: false,
          escalateAfterWd: 5,
        },
      ],
    },
  },
  {
    route: 'POST /dispatch/proposal',
    path: '/dispatch/proposal',
    contract: Proposal,
    body: { projectIds: [1, 3], issueIds: [1] },
  },
  {
    route: 'POST /dispatch',
    path: '/dispatch',
    contract: DispatchDetail,
    body: {
      key: dispatchKey,
      title: '关于加快推进大桥的调度',
      demand: '说明原因',
      origin: 'issue',
      priority: 'critical',
      dueOn: '2023-06-02',
      issueIds: [1],
      tasks: [
        { owner: { kind: 'unit', id: 1 }, projectIds: [3] },
        { owner: { kind: 'department', id: 1 } },
      ],
    },
    status: 201,
  },
  { route: 'GET /dispatch', path: '/dispatch?box=sent&overdue=false', contract: DispatchList },
  { route: 'GET /dispatch/:id', path: '/dispatch/1', contract: DispatchDetail },
  { route: 'GET /body', path: '/body', contract: BodyList },
  { route: 'GET /body/:id/item', path: '/body/1/item', contract: BodyItemList },
  { route: 'GET /inbox', path: '/inbox', contract: Inbox },
  { route: 'GET /agenda', path: '/agenda', contract: Agenda },
  { route: 'GET /agenda/row', path: '/agenda/row?project=1,2', contract: DependantList },
  {
    route: 'POST /dispatch/task/:id/step',
    path: '/dispatch/task/1/step',
    contract: DispatchDetail,
    body: { key: randomUUID(), action: 'recall', seen: 'sent', note: '对象有误' },
  },
  {
    route: 'POST /dispatch/:id/recall',
    path: '/dispatch/1/recall',
    contract: DispatchDetail,
    body: { key: randomUUID(), reason: '对象有误' },
  },
  { route: 'GET /light/rule', path: '/light/rule', contract: LightRule },
  { route: 'GET /light/book', path: '/light/book', contract: LightBook },
  {
    route: 'POST /light/preview',
    path: '/light/preview',
    contract: LightPreview,
    body: { rule: own },
  },
  {
    route: 'POST /light/adoption',
    path: '/light/adoption',
    contract: LightBook,
    body: { rule: own, fromOn: '2023-06-01', reason },
    status: 201,
  },
  { route: 'GET /light/evidence', path: '/light/evidence', contract: Disagreements },
  { route: 'GET /map', path: '/map', contract: MapSnapshot },
  { route: 'GET /comparison', path: '/comparison?from=2023-03-31', contract: Comparison },
  {
    route: 'GET /map/replay',
    path: '/map/replay?from=2023-01-01&to=2023-05-30',
    contract: MapReplay,
  },
  { route: 'GET /change', path: '/change?limit=5', contract: ChangeList },
  { route: 'GET /audit', path: '/audit', contract: AuditList, as: 'auditor' },
  { route: 'GET /audit/state', path: '/audit/state', contract: AuditState, as: 'auditor' },
  {
    route: 'POST /audit/print',
    path: '/audit/print',
    contract: PrintRecorded,
    body: { page: '/desk?unit=2' },
    status: 201,
  },
  {
    route: 'POST /audit/verify',
    path: '/audit/verify',
    contract: AuditState,
    body: {},
    as: 'auditor',
  },
  { route: 'GET /session', path: '/session', contract: SessionState },
  {
    route: 'POST /session',
    path: '/session',
    contract: SignInResult,
    body: { login: 'department', password },
    as: 'department',
  },
  { route: 'GET /department', path: '/department', contract: DepartmentList },
  { route: 'GET /account', path: '/account', contract: AccountList, as: 'auditor' },
  {
    route: 'POST /account',
    path: '/account',
    contract: Account,
    body: { login: 'newcomer', name: '新来的', email: 'new@example.com' },
    status: 201,
    as: 'administrator',
  },
  {
    route: 'PATCH /account/:id',
    path: '/account/1',
    contract: Account,
    body: { title: '市长', departmentId: 1, reason },
    as: 'administrator',
  },
  {
    route: 'POST /account/:id/invitation',
    path: '/account/1/invitation',
    contract: Invitation,
    body: {},
    status: 201,
    as: 'administrator',
  },
  {
    route: 'PUT /account/:id/grant',
    path: '/account/1/grant',
    contract: Account,
    body: { grants: [{ role: 'leader', scope: 'city', validFrom: '2023-01-01' }], reason },
    as: 'security',
  },
  {
    route: 'PUT /account/:id/deputy',
    path: '/account/1/deputy',
    contract: Account,
    body: {
      deputies: [{ personId: 2, validFrom: '2023-06-01', validTo: '2023-06-07' }],
      reason,
    },
    as: 'security',
  },
  {
    route: 'POST /account/:id/handover',
    path: '/account/7/handover',
    contract: HandoverResult,
    body: { toPersonId: 6, reason },
    as: 'security',
  },
  { route: 'GET /device', path: '/device', contract: DeviceList, as: 'administrator' },
  {
    route: 'POST /device',
    path: '/device',
    contract: DeviceLink,
    body: { name: '二号大屏' },
    status: 201,
    as: 'administrator',
  },
  {
    route: 'DELETE /device/:id',
    path: '/device/11',
    contract: Device,
    body: {},
    as: 'administrator',
  },
  {
    route: 'POST /device/pairing',
    path: '/device/pairing',
    contract: Pairing,
    body: {},
    status: 201,
  },
  { route: 'GET /notice', path: '/notice?limit=10', contract: NoticeList },
  { route: 'POST /comparison/look', path: '/comparison/look', contract: Look, body: {} },
  { route: 'POST /notice/read', path: '/notice/read', contract: NoticeUnread, body: { ids: [1] } },
  { route: 'GET /notice/preference', path: '/notice/preference', contract: NoticePreference },
  {
    route: 'PUT /notice/preference',
    path: '/notice/preference',
    contract: NoticePreference,
    body: { rows: [{ kind: 'issue_due', email: true, webhook: false }] },
  },
  {
    route: 'PUT /notice/webhook',
    path: '/notice/webhook',
    contract: NoticeWebhook,
    body: { name: '调度群', url: 'http://127.0.0.1:1/send?key=1', kinds: ['issue_due'] },
    as: 'administrator',
  },
  {
    route: 'GET /notice/webhook',
    path: '/notice/webhook',
    contract: NoticeWebhookList,
    as: 'administrator',
  },
  {
    route: 'POST /notice/webhook/:id/test',
    path: '/notice/webhook/1/test',
    contract: NoticeWebhookTest,
    body: {},
    as: 'administrator',
  },
  { route: 'GET /schedule', path: '/schedule', contract: Schedule, as: 'administrator' },
  {
    route: 'POST /schedule/delivery/:id/again',
    path: '/schedule/delivery/1/again',
    contract: Schedule,
    body: {},
    as: 'administrator',
  },
]
/** Parsed by their contracts where people and walls go through the door: session*.test.ts, device.test.ts. */
const door = [
  'POST /session/code',
  'DELETE /session',
  'POST /session/password',
  'POST /session/totp',
  'PUT /session/totp',
  'DELETE /session/totp',
  'POST /session/invitation',
  'POST /session/invitation/look',
  'PUT /session/view-as',
  'POST /device/session',
  'GET /device/pairing/:secret',
  'PUT /device/pairing/:code',
  'POST /device/heartbeat',
]
/** A mail that was given up, for those who send it again. */
async function giveUpOne(): Promise<void> {
  await db.transact({ actor: '测试数据', reason }, async (tx) => {
    await tx`
      insert into notice (key, person_id, kind, title, text, link, noun, row_id, at)
      select 'test', id, 'account', '标题', '', '/desk', 'person', id, app_now()
        from person where login = 'dispatcher'`
    await tx`
      insert into delivery (notice_id, channel, token, state, created_at, next_at)
      values (1, 'email', 'token', 'dead', app_now(), app_now())`
  })
}

/** Routes that answer something else than one JSON value; each has tests of its own. */
const elsewhere = [
  'GET /event',
  'POST /import',
  'GET /report/table.xlsx',
  'GET /audit/file',
  'POST /photo',
  'DELETE /photo/:id',
  'GET /photo/:id/content',
  'POST /photo/upload',
  'GET /photo/upload/:id',
  'PATCH /photo/upload/:id',
  'GET /session/oidc/:provider',
  'GET /session/oidc/callback/:provider',
]

test.each(answers)('$route $path answers what its contract says', async (answer) => {
  const [method] = answer.route.split(' ')
  const asking = answer.as ? site.as(answer.as) : site
  const response =
    answer.body === undefined
      ? await asking.get(`/api${answer.path}`)
      : await asking.send(method as 'POST', `/api${answer.path}`, answer.body)
  const body = await response.json()
  const { success, data, error } = answer.contract.safeParse(body)
  expect({ body: success ? body : body.error, faults: error?.issues ?? [] }).toEqual({
    body: data,
    faults: [],
  })
  expect(response.status).toBe(answer.status ?? 200)
})

test('every route is called above', () => {
  const routes = inspectRoutes(site.app)
    .filter((route) => !route.isMiddleware)
    .map((route) => `${route.method} ${route.path}`)
  const called = new Set([...answers.map((answer) => answer.route), ...elsewhere, ...door])
  expect(routes.filter((route) => !called.has(route))).toEqual([])
})

describe('the OpenAPI document', () => {
  test('knows every route, with the parameters that its validators check', async () => {
    const response = await site.get('/api/openapi.json')
    const document = await response.json()
    expect(document.openapi).toBe('3.1.0')
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map(
        (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    for (const { route } of answers) expect(listed).toContain(route)
    const names = document.paths['/project'].get.parameters.map(
      (parameter: { name: string }) => parameter.name,
    )
    expect(names).toEqual(expect.arrayContaining(['unit', 'light', 'text', 'asOf', 'limit']))
  })

  test('has a page without scripts that names every path', async () => {
    const response = await site.get('/api/doc')
    const text = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(text).not.toContain('<script')
    for (const { route } of answers) {
      expect(text).toContain(`/api${route.split(' ')[1]?.replace(/:(\w+)/g, '{$1}')}`)
    }
  })
})

describe('refusals', () => {
  const cases: [what: string, status: number, code: string, ask: () => Promise<Response>][] = [
    ['unknown route', 404, 'ROUTE_NOT_FOUND', () => site.get('/api/nothing')],
    ['unknown project', 404, 'PROJECT_NOT_FOUND', () => site.get('/api/project/999')],
    ['a future day', 400, 'AS_OF_FUTURE', () => site.get('/api/project?asOf=2023-06-01')],
    ['a day that is none', 400, 'INVALID', () => site.get('/api/project?asOf=2023-02-30')],
    ['unknown light', 400, 'INVALID', () => site.get('/api/project?light=blue')],
    [
      'a project not known that day',
      404,
      'PROJECT_NOT_FOUND',
      () => site.get('/api/project/1?asOf=2023-01-01'),
    ],
    [
      'broken JSON',
      400,
      'BODY_INVALID',
      async () =>
        site.request('/api/report', {
          method: 'POST',
          body: '{"key":',
          headers: { 'content-type': 'application/json' },
        }),
    ],
    [
      'a field that nobody knows',
      400,
      'INVALID',
      () => site.send('PATCH', '/api/project/1', { reason, colour: 'red' }),
    ],
    ['no reason', 400, 'INVALID', () => site.send('PATCH', '/api/project/1', { totalWan: 1 })],
    [
      'another site',
      403,
      'CROSS_SITE',
      () => site.send('PATCH', '/api/project/1', { reason }, { 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'another origin',
      403,
      'CROSS_SITE',
      () =>
        site.send('PATCH', '/api/project/1', { reason }, { origin: 'https://elsewhere.example' }),
    ],
    [
      'a body too large',
      413,
      'BODY_TOO_LARGE',
      () => site.send('PATCH', '/api/project/1', { reason, note: 'x'.repeat(1_100_000) }),
    ],
    ['nobody', 401, 'SIGN_IN_NEEDED', () => site.as(null).get('/api/project/1')],
    [
      'a role that may not',
      403,
      'FORBIDDEN',
      () => site.as('leader').send('PATCH', '/api/project/1', { reason, totalWan: 1 }),
    ],
  ]
  test.each(cases)('%s is %i %s in the one error shape', async (_, status, code, ask) => {
    const response = await ask()
    const body = await response.json()
    expect(ApiError.parse(body)).toEqual(body)
    expect([response.status, body.error.code]).toEqual([status, code])
    expect(body.error.message).toMatch(/[一-鿿]/)
  })

  const misused: [method: string, path: string, allow: string][] = [
    ['DELETE', '/api/project/1', 'GET, HEAD, PATCH, OPTIONS'],
    ['POST', '/api/project/1', 'GET, HEAD, PATCH, OPTIONS'],
    ['PUT', '/api/report', 'GET, HEAD, POST, OPTIONS'],
    ['GET', '/api/import', 'POST, OPTIONS'],
    ['POST', '/api/map', 'GET, HEAD, OPTIONS'],
    ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
    ['PUT', '/tile/project/0/0/0.mvt', 'GET, HEAD, OPTIONS'],
  ]
  test.each(misused)('%s %s is 405 and told what would be right', async (method, path, allow) => {
    const response = await site.request(path, { method })
    const body = ApiError.parse(await response.json())
    expect([response.status, body.error.code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
    expect(response.headers.get('allow')).toBe(allow)
    const asked = await site.request(path, { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, allow])
  })

  test('a bad field is named with its value', async () => {
    const response = await site.send('POST', '/api/report', {
      key: 'no-uuid',
      projectId: 1,
      month: '2023-05-02',
    })
    const { error } = ApiError.parse(await response.json())
    expect(error.details?.map((detail) => [detail.field, detail.value])).toEqual([
      ['key', 'no-uuid'],
      ['month', '2023-05-02'],
    ])
  })
})

test('headers keep other sites out and let the map work', async () => {
  const { headers } = await site.get('/api/city')
  expect(headers.get('content-security-policy')).toContain("worker-src 'self' blob:")
  expect(headers.get('content-security-policy')).toContain("script-src 'self';")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('private, no-cache')
})

test('health tells that the database answers', async () => {
  expect(await (await site.get('/health/live')).json()).toEqual({ status: 'live' })
  expect(await (await site.get('/health/ready')).json()).toEqual({
    status: 'ready',
    database: db.kind,
  })
})
