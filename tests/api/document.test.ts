import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { openSmallCity } from '../support/city.ts'

let site: TestApp
beforeAll(async () => {
  site = await openSmallCity()
})
afterAll(() => site.close())

test('the OpenAPI document tells of bodies and answers that are no JSON, of names and of what lies beside', async () => {
  const { paths } = await (await site.get('/api/openapi.json')).json()
  const { post: load } = paths['/import']
  expect(Object.keys(load.requestBody.content)).toEqual([
    'application/octet-stream',
    'multipart/form-data',
  ])
  expect(Object.keys(load.responses[200].content)).toEqual(['application/x-ndjson'])
  const named = (operation: { parameters?: { name: string }[] }) =>
    (operation.parameters ?? []).map(({ name }) => name)
  expect(named(load)).toEqual(expect.arrayContaining(['fileName', 'crs']))
  const { get: events } = paths['/event']
  expect(Object.keys(events.responses[200].content)).toEqual(['text/event-stream'])
  expect(named(events)).toEqual(expect.arrayContaining(['since', 'Last-Event-ID']))
  expect(Object.keys(paths['/report'].post.responses)).toEqual(['200', '201', 'default'])
  expect(Object.keys(paths['/report/table.xlsx'].get.responses[200].content)).toEqual([
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])
  for (const path of ['/map', '/unit/boundary', '/park/boundary'])
    expect(Object.keys(paths[path].get.responses)).toContain('304')
  for (const path of ['/tile/{layer}/{z}/{x}/{y}.mvt', '/tile/{layer}.json', '/health/ready'])
    expect(paths[path].get.servers).toEqual([{ url: '/' }])
  expect(paths['/project'].get.parameters).toContainEqual(
    expect.objectContaining({
      name: 'limit',
      schema: expect.objectContaining({ type: 'integer' }),
    }),
  )
})
