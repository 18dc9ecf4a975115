import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { accountRoutes, departmentRoutes } from './account/routes.ts'
import { agendaRoutes } from './agenda/routes.ts'
import { recordRequests } from './audit/record.ts'
import { auditRoutes } from './audit/routes.ts'
import { bodyRoutes } from './body/routes.ts'
import { cityRoutes } from './city/routes.ts'
import { comparisonRoutes } from './comparison/routes.ts'
import type { Deps } from './deps.ts'
import { deviceRoutes } from './device/routes.ts'
import { dispatchRoutes } from './dispatch/routes.ts'
import { changeRoutes, eventRoutes } from './event/routes.ts'
import { forecastRoutes } from './forecast/routes.ts'
import { holderRoutes } from './holder/routes.ts'
import { hotspotRoutes } from './hotspot/routes.ts'
import { requireAccess } from './http/access.ts'
import { noteCaller } from './http/address.ts'
import { receiveJson, refusePacked } from './http/body.ts'
import { onError } from './http/error.ts'
import { refuseCrossSite } from './http/guard.ts'
import { answerWithin, limitUnderWay } from './http/load.ts'
import { importRoutes } from './import/routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { investmentRoutes } from './investment/routes.ts'
import { issueRoutes } from './issue/routes.ts'
import { lightRoutes } from './light/routes.ts'
import { mapRoutes } from './map/routes.ts'
import { milestoneRoutes } from './milestone/routes.ts'
import { noticeRoutes } from './notice/routes.ts'
import { parkRoutes } from './park/routes.ts'
import { photoRoutes } from './photo/routes.ts'
import { planRoutes } from './plan/routes.ts'
import { projectRoutes } from './project/routes.ts'
import { reportRoutes } from './report/routes.ts'
import { scheduleRoutes } from './schedule/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { unitRoutes } from './unit/routes.ts'

/** How long a request waits for its answer, and how many wait for the database at a time. */
const patienceMs = 60_000
const mostUnderWay = 200
/** How long a body may take to come in: a megabyte over a bad line. */
const receiveMs = 10_000

/** The typed API, without its prefix: the server mounts it under /api, and the client adds it. */
export const createApp = (deps: Deps) =>
  new Hono()
    .onError(onError(deps.log))
    .use(requestId(), noteCaller(deps.env.ONEMAP_TRUST_PROXY), recordRequests(deps))
    .use(refuseCrossSite, refusePacked, requireAccess(deps.sessions))
    // Before the limit of small bodies: a file has a limit of its own.
    .route('/import', importRoutes(deps))
    .route('/photo', photoRoutes(deps))
    .use(receiveJson(receiveMs), answerWithin(patienceMs))
    // Shared by all who ask at a time, and asked for by every open page at each change: no limit.
    .route('/map', mapRoutes(deps))
    .route('/event', eventRoutes(deps))
    .use(limitUnderWay(mostUnderWay))
    .route('/session', sessionRoutes(deps))
    .route('/account', accountRoutes(deps))
    .route('/department', departmentRoutes(deps))
    .route('/device', deviceRoutes(deps))
    .route('/city', cityRoutes(deps))
    .route('/unit', unitRoutes(deps))
    .route('/park', parkRoutes(deps))
    .route('/project', projectRoutes(deps))
    .route('/plan', planRoutes(deps))
    .route('/milestone', milestoneRoutes(deps))
    .route('/investment', investmentRoutes(deps))
    .route('/forecast', forecastRoutes(deps))
    .route('/report', reportRoutes(deps))
    .route('/dispatch', dispatchRoutes(deps))
    .route('/body', bodyRoutes(deps))
    .route('/inbox', inboxRoutes(deps))
    .route('/agenda', agendaRoutes(deps))
    .route('/issue', issueRoutes(deps))
    .route('/holder', holderRoutes(deps))
    .route('/light', lightRoutes(deps))
    .route('/hotspot', hotspotRoutes(deps))
    .route('/comparison', comparisonRoutes(deps))
    .route('/change', changeRoutes(deps))
    .route('/audit', auditRoutes(deps))
    .route('/notice', noticeRoutes(deps))
    .route('/schedule', scheduleRoutes(deps))

export type App = ReturnType<typeof createApp>
