import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { crashed, empty, missing, playwrightTotals, summary, vitestTotals } from '../report.mjs'

const folder = mkdtempSync(join(tmpdir(), 'onemap-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

function reportFile(content) {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

function suite(name, status, tests, message = '') {
  const assertionResults = tests.map(([fullName, result]) => ({ fullName, status: result }))
  return { name: join(folder, name), status, message, assertionResults }
}

test('vitest: passed, failed, skipped and todo are counted, failures are named with their file', () => {
  const file = reportFile({
    testResults: [
      suite('geo/a.test.ts', 'passed', [
        ['one', 'passed'],
        ['two', 'skipped'],
        ['three', 'todo'],
      ]),
      suite('api/b.test.ts', 'failed', [
        ['four', 'failed'],
        ['five', 'passed'],
      ]),
    ],
  })
  expect(vitestTotals({ file, status: 1, cwd: folder })).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    failures: ['api/b.test.ts: four'],
  })
})

test('vitest: a file that cannot be loaded is a failure', () => {
  const file = reportFile({ testResults: [suite('c.test.ts', 'failed', [], 'no such module')] })
  const totals = vitestTotals({ file, status: 1, cwd: folder })
  expect(totals).toEqual({ ...empty(), failed: 1, failures: ['c.test.ts: no such module'] })
})

test('vitest: a bad end with every test passed is a failure', () => {
  const file = reportFile({ testResults: [suite('d.test.ts', 'passed', [['one', 'passed']])] })
  const { passed, failed } = vitestTotals({ file, status: 1, cwd: folder })
  expect([passed, failed]).toEqual([1, 1])
})

test.each([
  ['absent', () => join(folder, 'absent.json')],
  ['cut off', () => reportFile('{"testResults": [')],
])('a report that is %s is a failure even when the status is 0', (_, make) => {
  const file = make()
  expect(vitestTotals({ file, status: 0, cwd: folder }).failed).toBe(1)
  expect(playwrightTotals({ file, status: 0 }).failed).toBe(1)
})

test('Playwright: nested suites are counted; flaky has failed', () => {
  const spec = (title, status) => ({
    title,
    file: 'wall.spec.ts',
    line: 7,
    tests: [{ status, projectName: 'chromium' }],
  })
  const file = reportFile({
    errors: [],
    suites: [
      {
        specs: [spec('paints', 'expected')],
        suites: [{ specs: [spec('fits', 'flaky'), spec('is quiet', 'skipped')] }],
      },
    ],
  })
  expect(playwrightTotals({ file, status: 0 })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
    failures: ['wall.spec.ts:7 fits, chromium'],
  })
})

test('what is missing is skipped, or failed where everything is required', () => {
  expect(missing('Chromium is missing', false)).toEqual({ ...empty(), skipped: 1 })
  expect(missing('Chromium is missing', true)).toEqual(crashed('Chromium is missing'))
})

test('the last line is the totals', () => {
  const parts = [
    { name: 'unit', passed: 10, failed: 0, skipped: 1, failures: [], seconds: 2 },
    { name: 'e2e', ...crashed('no report'), seconds: 0.1 },
  ]
  const lines = summary(parts).split('\n')
  expect(lines.at(-1)).toBe('10 passed, 1 failed, 1 skipped')
  expect(lines).toContain('  e2e: no report')
})
