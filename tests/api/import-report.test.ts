import type { Database } from 'api/db/database'
import { renderReport } from 'api/import/render'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase } from '../support/database.ts'
import { runImport } from '../support/import-run.ts'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
  await run('编码,单位名称,级别\n510602,锦屏区,区县\n510603,罗江县,区县\n', 'unit')
  await run('园区名称,县市区\n经济开发区,罗江县\n', 'park')
  await run(
    '项目编码,项目名称,县市区,园区,项目类别,2023年计划投资（万元）,计划类型\nA-1,甲,锦屏区,,产业,100,建设\n',
  )
})
afterAll(() => db.close())
const run = (text: string, as?: 'unit' | 'park' | 'investment' | 'report') =>
  runImport(db, text, as ? { as } : {})

test('changes are told in words: labels, units and parks by name, choices as people write them', async () => {
  const report = await run(
    '项目编码,项目名称,县市区,园区,项目类别,2023年计划投资（万元）,计划类型,2024年1月计划（万元）\nA-1,甲,罗江县,经济开发区,民生,120,前期,5\n',
  )
  const lines = report.rows[0]?.changes.map(
    ({ label, before, after }) => `${label}：${before} → ${after}`,
  )
  expect(lines).toEqual([
    '填报单位：锦屏区 → 罗江县',
    '园区：null → 经济开发区',
    '类别：产业 → 民生',
    '2023年计划类型：建设 → 前期',
    '2023年年度计划投资：100 → 120',
    '2024年1月计划投资：null → 5',
  ])
  const text = renderReport(report)
  expect(text).toContain('表.csv → 项目，坐标系')
  expect(text).toContain('      2023年年度计划投资：100 → 120')
})

test('of money the source is told, of a report its month', async () => {
  await run('项目编码,月份,资金来源,本月完成投资（万元）\nA-1,2023年4月,专项债,1\n', 'investment')
  const money = await run(
    '项目编码,月份,资金来源,本月完成投资（万元）\nA-1,2023年4月,专项债,2\n',
    'investment',
  )
  expect(money.rows[0]?.changes).toEqual([
    {
      field: 'investment.2023-04-01 专项债.actualWan',
      label: '2023年4月完成投资（专项债）',
      before: 1,
      after: 2,
    },
  ])
  await run('项目编码,月份,工程进度,填报状态\nA-1,2023年4月,30,已提交\n', 'report')
  const report = await run('项目编码,月份,工程进度,填报状态\nA-1,2023年4月,30,已核实\n', 'report')
  expect(report.rows[0]?.changes.map(({ label, after }) => `${label} ${after}`)).toEqual([
    '2023年4月填报状态 已核实',
  ])
})
