import type { Hono } from 'hono'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * The methods that a path of the API answers to, in the form of an Allow header; empty for a path
 * that no route has. Middlewares and the files of the page, which answer under every path, do not count.
 */
export function allowedMethods(site: Hono, path: string): string[] {
  const found = methods.filter((method) =>
    site.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && isOwn(route)),
  )
  return found.includes('GET') ? ['GET', 'HEAD', ...found.slice(1)] : found
}

const isOwn = ({ path }: { path: string }) => !path.endsWith('*')
