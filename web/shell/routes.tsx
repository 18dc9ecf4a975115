import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { auditSearch } from '../audit/audit-search.ts'
import { takeWanted } from '../session/wanted.ts'
import { Frame } from './app.tsx'
import { NotFound, ScreenError, ScreenLoading } from './screen-state.tsx'
import { accountSearch, deskSearch, explained, wallSearch } from './url-state.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

/** Back from a provider to what was wanted before it. A phone is sent to the page made for it; everything else opens on the desk. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const wanted = takeWanted()
    if (wanted !== null) throw redirect({ href: wanted })
    throw redirect({ to: window.innerWidth < 600 ? '/field' : '/desk' })
  },
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  validateSearch: wallSearch,
  component: lazyRouteComponent(() => import('../wall/wall.tsx'), 'Wall'),
})

const desk = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  validateSearch: deskSearch,
  component: lazyRouteComponent(() => import('../desk/desk.tsx'), 'Desk'),
})

const audit = createRoute({
  getParentRoute: () => root,
  path: '/desk/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../desk/office.tsx'), 'AuditScreen'),
})

const field = createRoute({
  getParentRoute: () => root,
  path: '/field',
  validateSearch: (raw: Record<string, unknown>): { project?: string; explain?: string } => ({
    ...(raw['project'] === undefined ? {} : { project: String(raw['project']) }),
    ...explained(raw),
  }),
  component: lazyRouteComponent(() => import('../field/field.tsx'), 'Field'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/desk/account',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('../desk/office.tsx'), 'AccountScreen'),
})

const device = createRoute({
  getParentRoute: () => root,
  path: '/desk/device',
  component: lazyRouteComponent(() => import('../desk/office.tsx'), 'DeviceScreen'),
})

/** The link of an invitation: the token stands after #. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('../session/join.tsx'), 'Join'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, wall, desk, audit, field, account, device, join]),
  defaultErrorComponent: ScreenError,
  defaultPendingComponent: ScreenLoading,
  defaultPreload: false,
  // Search values stay the short text that people read in a link, not JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search as Record<string, string>).filter(([, value]) => value !== undefined),
    ).toString()
    return text === '' ? '' : `?${text.replaceAll('%2C', ',')}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
