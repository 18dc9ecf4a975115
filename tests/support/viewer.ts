import type { Sessions } from 'api/deps'
import { type Viewer, wholeCity } from 'api/person/viewer'
import type { MiddlewareHandler } from 'hono'

/** A dispatcher of the whole city, for parts of the server that are tested by themselves. */
export const cityViewer: Viewer = {
  id: 1,
  login: 'dispatcher',
  name: '王调度',
  kind: 'person',
  departmentId: null,
  grants: [
    {
      role: 'dispatcher',
      scope: 'city',
      unitId: null,
      parkId: null,
      departmentId: null,
      validFrom: '2022-01-01',
      validTo: null,
    },
  ],
  scope: wholeCity,
  viewedBy: null,
}

/** Every request is the dispatcher's. */
export const citySessions: Sessions = {
  find: async () => cityViewer,
  current: async () => null,
  device: async () => null,
  forget: () => {},
  auth: () => Promise.reject(new Error('nobody signs in here')),
}

/** Before routes that are mounted without the whole site. */
export const asCityViewer: MiddlewareHandler = async (c, next) => {
  c.set('viewer', cityViewer)
  await next()
}
