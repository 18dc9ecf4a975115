import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { auditSearch } from '../audit/audit-search.ts'
import { Frame } from './app.tsx'
import { NotFound, ScreenError, ScreenLoading } from './screen-state.tsx'
import { deskSearch } from './url-state.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

/** A phone is sent to the page made for it; everything else opens on the desk. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: window.innerWidth < 600 ? '/field' : '/desk' })
  },
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
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
  component: lazyRouteComponent(() => import('../audit/audit-screen.tsx'), 'AuditScreen'),
})

const field = createRoute({
  getParentRoute: () => root,
  path: '/field',
  validateSearch: (raw: Record<string, unknown>): { project?: string } =>
    raw['project'] === undefined ? {} : { project: String(raw['project']) },
  component: lazyRouteComponent(() => import('../field/field.tsx'), 'Field'),
})

export const router = createRouter({
  routeTree: root.addChildren([home, wall, desk, audit, field]),
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
