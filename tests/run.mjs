/**
 * `npm test`: everything that proves the project, from a bare checkout to one line of totals.
 * `npm test -- --only PART[,PART] [FILE…]` runs some parts, or some files of them.
 * `npm run bench [-- NAME…]` runs the measuring programs in tests/bench instead.
 * With ONEMAP_TEST_REQUIRE=all a part that this machine cannot run is a failure, not skipped.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkNode, prepare, tool } from '../api/prepare.mjs'
import { stop } from '../api/step.mjs'
import { chromium, postgresPrograms, providePackages } from './packages.mjs'
import { capture, endAll, start } from './process.mjs'
import { crashed, empty, missing, playwrightTotals, summary, vitestTotals } from './report.mjs'
import { startCluster } from './support/cluster.mjs'

const tests = dirname(fileURLToPath(import.meta.url))
const root = dirname(tests)
const required = process.env.ONEMAP_TEST_REQUIRE === 'all'
const temporary = mkdtempSync(join(tmpdir(), 'onemap-test-'))
// PostgreSQL's own user passes through; what a killed program leaves goes with the folder.
chmodSync(temporary, 0o711)
process.env.TMPDIR = temporary
const parts = { check, unit, embedded, server, e2e }
let cluster

process.on('exit', () => {
  endAll()
  rmSync(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})
for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(signal, () => process.exit(status))
}

try {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' }, bench: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const names = values.only?.split(',') ?? Object.keys(parts)
  const unknown = names.find((name) => !(name in parts))
  if (unknown) throw new Error(`--only ${unknown}: the parts are ${Object.keys(parts).join(', ')}`)
  process.exitCode = values.bench ? await bench(positionals) : await test(names, positionals)
} catch (error) {
  await cluster?.stop()
  stop(error)
}
await cluster?.stop()

async function test(names, files) {
  checkNode()
  const absent = await providePackages()
  for (const { part, what, packages } of absent) {
    console.log(
      `不运行 / not run: ${part}, because ${what} is missing; as root: apt-get install ${packages.join(' ')}`,
    )
  }
  const done = await prepareParts(names)
  const runnable = done[0].failed > 0 ? [] : names
  for (const together of turns(runnable)) done.push(...(await sideBySide(together, files)))
  for (const { part } of absent.filter((need) => !(need.part in parts))) {
    done.push({ name: part, ...missing('GDAL is missing', required), seconds: 0 })
  }
  console.log(`\n${summary(done)}`)
  return done.some(({ failed }) => failed > 0) ? 1 : 0
}

/** The two databases share nothing and each leaves a core idle: their turns are one. */
function turns(names) {
  const both = ['embedded', 'server'].filter((name) => names.includes(name))
  return names.flatMap((name) => (name === both[0] ? [both] : both.includes(name) ? [] : [[name]]))
}

/** The first speaks while it runs, the other when it has ended, so that no line is broken. */
async function sideBySide([first, ...others], files) {
  console.log(`\n── ${[first, ...others].join(', ')}`)
  const quiet = others.map((name) => {
    let output = ''
    const onOutput = (text) => {
      output += text
    }
    const totals = timed(name, () => parts[name](files, onOutput))
    return { name, totals, output: () => output }
  })
  const done = await timed(first, () => parts[first](files))
  for (const { name, totals, output } of quiet) {
    done.push(...(await totals))
    console.log(`\n── ${name}\n${output()}`)
  }
  return done
}

/** Nothing runs without a compiled server; without a page, all that does not look at it does. */
async function prepareParts(names) {
  const step = async (page) => {
    await prepare({ page })
    return empty()
  }
  const done = await timed('prepare', () => step(false))
  const seen = names.includes('unit') || names.includes('e2e')
  if (seen && done[0].failed === 0) done.push(...(await timed('page', () => step(true))))
  return done
}

async function timed(name, part) {
  const began = performance.now()
  const totals = await part().catch((error) => crashed(error.code ? error.message : error.stack))
  return [{ name, ...totals, seconds: (performance.now() - began) / 1000 }]
}

async function check() {
  const steps = {
    types: [tool('typescript', 'bin/tsc'), '-b', 'web', 'tests'],
    biome: [tool('@biomejs/biome', 'bin/biome'), 'check', '.'],
    knip: [tool('knip', 'bin/knip.js')],
    i18n: ['web/i18n/check.mjs'],
  }
  const totals = empty()
  await Promise.all(
    Object.entries(steps).map(async ([name, args]) => {
      const { status, output } = await capture(process.execPath, args, { cwd: root })
      console.log(`${status === 0 ? '✓' : '✗'} ${name}${status === 0 ? '' : `\n${output}`}`)
      if (status === 0) totals.passed++
      else totals.failures.push(name)
    }),
  )
  return { ...totals, failed: totals.failures.length }
}

/** Everything that needs no database: geo, web and type tests. */
function unit(files) {
  return vitest('unit', ['--exclude', 'api/**', ...files], {})
}

function embedded(files) {
  return vitest('embedded', ['--dir', 'api', ...files], database(undefined))
}

async function server(files, onOutput) {
  if (!postgresPrograms()) return missing('PostgreSQL with PostGIS is missing', required)
  return vitest('server', ['--dir', 'api', ...files], database(await serverUrl()), onOutput)
}

async function vitest(name, args, env, onOutput) {
  const file = join(temporary, `${name}.json`)
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const status = await start(
    process.execPath,
    [join(tests, 'node_modules/vitest/vitest.mjs'), 'run', ...options, ...args],
    { cwd: tests, env: { ...clean(), ...env }, ...(onOutput ? { onOutput } : {}) },
  ).exited
  return vitestTotals({ file, status, cwd: tests })
}

/** The pages in a real browser, on the server database where there is one. */
async function e2e(files) {
  const browser = chromium()
  if (!browser) return missing('Chromium is missing', required)
  const file = join(temporary, 'e2e.json')
  const url = postgresPrograms() ? await serverUrl() : undefined
  const status = await start(
    process.execPath,
    [join(tests, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json', ...files],
    {
      cwd: tests,
      env: {
        ...clean(),
        ...database(url),
        ONEMAP_TEST_CHROMIUM: browser,
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      },
    },
  ).exited
  return playwrightTotals({ file, status })
}

/** Programs, not tests: each prints its measurements, and the status tells whether all ran. */
async function bench(names) {
  await prepare()
  const url = postgresPrograms() ? await serverUrl() : undefined
  if (!url) console.log('PostgreSQL with PostGIS is missing: what needs it is not measured')
  const files = readdirSync(join(tests, 'bench')).filter(
    (file) =>
      file.endsWith('.bench.ts') &&
      (names.length === 0 || names.some((name) => file.startsWith(name))),
  )
  let failed = 0
  for (const file of files) {
    console.log(`\n── ${file}`)
    const status = await start(
      process.execPath,
      ['--conditions=internal', '--import=tsx', join(tests, 'bench', file)],
      { cwd: tests, env: { ...clean(), ...database(url), ONEMAP_TEST_CHROMIUM: chromium() } },
    ).exited
    if (status !== 0) failed++
  }
  console.log(`\n${files.length - failed} of ${files.length} measuring programs ran to the end`)
  return failed > 0 ? 1 : 0
}

async function serverUrl() {
  cluster ??= await startCluster(postgresPrograms())
  return cluster.url
}

function database(url) {
  return url === undefined
    ? { ONEMAP_TEST_DATABASE: 'embedded' }
    : { ONEMAP_TEST_DATABASE: 'server', ONEMAP_TEST_DATABASE_URL: url }
}

/** A developer's own settings must not reach the tests. */
function clean() {
  const settings = ['DATABASE_URL', 'PORT', 'HOST', 'PMTILES_URL', 'TIANDITU_KEY', 'LOG_LEVEL']
  const own = Object.keys(process.env).filter((name) => /^ONEMAP_(?!TEST_REQUIRE)/.test(name))
  return Object.fromEntries([...settings, ...own].map((name) => [name, undefined]))
}
