/** Totals of one part, `{ passed, failed, skipped, failures }`, read from what its runner wrote. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * Totals of a vitest run from its JSON report. A file that failed before its first test, and a run
 * that ended badly with every test passed or without a report, count as one failure each.
 */
export function vitestTotals({ file, status, cwd }) {
  const report = readReport(file)
  if (!report) return crashed(`vitest ended with status ${status} before it wrote a report`)
  const totals = empty()
  for (const suite of report.testResults) {
    const name = relative(cwd, suite.name)
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') totals.passed++
      else if (test.status === 'failed') addFailure(totals, `${name}: ${test.fullName}`)
      else totals.skipped++
    }
    const told = suite.assertionResults.some((test) => test.status === 'failed')
    if (suite.status === 'failed' && !told) addFailure(totals, `${name}: ${suite.message}`)
  }
  return withStatus(totals, status, 'vitest')
}

/** Totals of a Playwright run from its JSON report; a test that passed only on retry has failed. */
export function playwrightTotals({ file, status }) {
  const report = readReport(file)
  if (!report) return crashed(`Playwright ended with status ${status} before it wrote a report`)
  const totals = empty()
  for (const error of report.errors) addFailure(totals, String(error.message).split('\n')[0])
  for (const { spec, test } of specs(report.suites)) {
    if (test.status === 'expected') totals.passed++
    else if (test.status === 'skipped') totals.skipped++
    else
      addFailure(
        totals,
        [`${spec.file}:${spec.line} ${spec.title}`, test.projectName].filter(Boolean).join(', '),
      )
  }
  return withStatus(totals, status, 'Playwright')
}

/** Totals of a part that could not run: one failure where everything is required, else one skipped. */
export function missing(reason, required) {
  return required ? crashed(reason) : { ...empty(), skipped: 1, failures: [] }
}

/** Totals of a part of which nothing but one failure is known. */
export function crashed(reason) {
  return { ...empty(), failed: 1, failures: [reason] }
}

/** No tests at all. */
export function empty() {
  return { passed: 0, failed: 0, skipped: 0, failures: [] }
}

/** The report that a person reads, ending with the line `N passed, N failed, N skipped`. */
export function summary(parts) {
  const lines = parts.map(
    ({ name, passed, failed, skipped, seconds }) =>
      `${failed > 0 ? '✗' : passed === 0 && skipped > 0 ? '–' : '✓'} ${name.padEnd(28)}${count(passed)}${count(failed)}${count(skipped)}${seconds.toFixed(1).padStart(9)} s`,
  )
  const header = `  ${''.padEnd(28)}${['passed', 'failed', 'skipped'].map((word) => word.padStart(9)).join('')}`
  const failures = parts.flatMap(({ name, failures: list }) =>
    list.map((text) => `  ${name}: ${text}`),
  )
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0)
  return [
    header,
    ...lines,
    ...(failures.length > 0 ? ['', 'failed:', ...failures] : []),
    '',
    `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`,
  ].join('\n')
}

function count(number) {
  return String(number).padStart(9)
}

function readReport(file) {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function addFailure(totals, text) {
  totals.failed++
  totals.failures.push(text)
}

function withStatus(totals, status, runner) {
  const silent = status !== 0 && totals.failed === 0
  if (silent) addFailure(totals, `${runner} ended with status ${status}; its output is above`)
  return totals
}

function* specs(suites) {
  for (const suite of suites) {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) yield { spec, test }
    }
    yield* specs(suite.suites ?? [])
  }
}
