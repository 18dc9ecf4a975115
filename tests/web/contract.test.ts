/** Contracts are types to the page: zod stays on the server (web/README.md). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name),
)

test('of the server the page imports the typed client, all else as types only', () => {
  expect(sources.length).toBeGreaterThan(300)
  const values = sources.flatMap((name) => {
    const text = readFileSync(join(web, name), 'utf8')
    return [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;'"]*?from '(api\/[^']+)'/gm)].map(
      ([, from]) => `${name}: ${from}`,
    )
  })
  expect(values).toEqual(['shell/api.ts: api/client'])
})
