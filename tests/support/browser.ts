import { ApiError } from 'api/http/contract'
import type { TestApp } from './app.ts'

/** One person's browser: it keeps the cookies that it is given. */
export interface Browser {
  cookies: Map<string, string>
  /** As they were sent, with their attributes. */
  sent: string[]
  request(path: string, init?: RequestInit): Promise<Response>
  send(method: string, path: string, body?: unknown): Promise<Response>
}

/** A browser at an address of its own; the site has to trust its proxy (ONEMAP_TRUST_PROXY). */
export function openBrowser({ site }: Pick<TestApp, 'site'>, address = '10.0.0.1'): Browser {
  const cookies = new Map<string, string>()
  const sent: string[] = []
  const request: Browser['request'] = async (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('x-forwarded-for', address)
    const response = await site.request(path, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      sent.push(cookie)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0\b/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    cookies,
    sent,
    request,
    send: (method, path, body) =>
      request(path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      }),
  }
}

/** Status and code of a refusal, whose shape is checked too. */
export async function refusal(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer
  const { error } = ApiError.parse(await response.json())
  return [response.status, error.code]
}
