import { randomUUID } from 'node:crypto'
import { type APIRequestContext, expect } from '@playwright/test'

/** A project that a test made for itself: whatever it does to it, no other test looks at it. */
export interface OwnProject {
  id: number
  code: string
  name: string
}

/** Makes a project, placed in the city, on nobody's list. */
export async function ownProject(request: APIRequestContext): Promise<OwnProject> {
  const code = `T-${randomUUID()}`
  const name = `测试项目${code.slice(-6)}`
  const units = await request.get('/api/unit')
  const { rows } = (await units.json()) as { rows: { id: number; reports: boolean }[] }
  const answer = await request.post('/api/project', {
    data: {
      code,
      name,
      unitId: rows.find(({ reports }) => reports)?.id,
      category: 'industry',
      location: { type: 'Point', coordinates: [113.15, 27.83] },
      reason: '浏览器测试',
    },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const { id } = (await answer.json()) as { id: number }
  return { id, code, name }
}
