import { expect } from 'vitest'
import type { Asking } from './app.ts'

const rights = { mayClose: true, mayExtend: true, mayEscalate: true }

/** A ladder of three levels over the small city: one body at the top, one below, one for each unit. */
export async function putLadder(site: Asking, chairId: number | null = null): Promise<void> {
  const body = (code: string, name: string, level: number, parentCode: string | null) => ({
    code,
    name,
    level,
    parentCode,
    ...rights,
    escalateAfterWd: level === 3 ? 5 : 3,
  })
  const answer = await site.send('PUT', '/api/body', {
    seen: 0,
    reason: '测试的协调机构',
    bodies: [
      { ...body('b-city', '市级领导小组', 1, null), chairId },
      body('b-js', '项目建设攻坚专班', 2, 'b-city'),
      { ...body('b-yx', '攸县项目专班', 3, 'b-js'), unitId: 1 },
      { ...body('b-ht', '荷塘区项目专班', 3, 'b-js'), unitId: 2 },
    ],
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
}
