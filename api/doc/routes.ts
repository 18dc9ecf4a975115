import { Hono } from 'hono'
import { describeApi, type OpenApi } from './document.ts'
import { documentPage } from './page.ts'

/** /openapi.json for programs and /doc for people, both made from the routes at the first request. */
export function docRoutes(app: Hono, version: string): Hono {
  let made: Promise<OpenApi> | undefined
  const document = () => {
    made ??= describeApi(app, version)
    return made
  }
  return new Hono()
    .get('/openapi.json', async (c) => c.json(await document(), 200))
    .get('/doc', async (c) => c.html(documentPage(await document())))
}
