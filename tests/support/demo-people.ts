import { expect, type Page } from '@playwright/test'
import { demoPassword } from 'api/session/demo'
import { demoSecret } from './serve.ts'

/** Signs one of the demo's people in, whoever was before. */
export async function signInAs(page: Page, login: string): Promise<void> {
  const data = { login, password: demoPassword(demoSecret, login) }
  const answer = await page.request.post('/api/session', { data })
  expect(answer.status(), await answer.text()).toBe(200)
}
