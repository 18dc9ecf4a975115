// By path: Playwright resolves without the export condition `internal`.
import { type BrowserContext, expect } from '@playwright/test'
import { demoPassword } from '../../api/dist/session/demo.js'

/** Of the servers that the browser tests start: the passwords of the demo's people follow from it. */
export const secret = 'browser-tests-browser-tests-browser-tests'

/** Signs one of the demo's people in, for every page of a browser context. */
export async function signIn({ request }: BrowserContext, login: string): Promise<void> {
  const data = { login, password: demoPassword(secret, login) }
  const answer = await request.post('/api/session', { data })
  expect(answer.status(), await answer.text()).toBe(200)
}
