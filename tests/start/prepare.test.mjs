import { execFile, spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkNode } from '../../api/prepare.mjs'
import { explain } from '../../api/step.mjs'

const api = join(dirname(fileURLToPath(import.meta.url)), '../../api')
let root

/**
 * A checkout with the real start files, and with an npx, a compiler and a bundler that only write
 * down that they were called.
 */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'onemap-start-'))
  for (const file of ['start.mjs', 'prepare.mjs', 'step.mjs']) {
    cpSync(join(api, file), join(root, 'api', file))
  }
  for (const folder of ['.', 'geo', 'api', 'web', 'tests']) put(`${folder}/package.json`, '{}')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'vite.config.ts']) put(file, '')
  put('api/server.ts', '')
  put('web/main.tsx', '')
  put('bin/npx', `#!/bin/sh\necho install >> ${root}/calls\n`)
  chmodSync(join(root, 'bin/npx'), 0o755)
  put('node_modules/typescript/bin/tsc', script('compile', 'api/dist/server.js'))
  put('node_modules/vite/bin/vite.js', script('bundle', 'web/dist/site/index.html'))
})

afterEach(() => rmSync(root, { recursive: true }))

function put(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

function script(name, output) {
  const written = JSON.stringify('console.log("server runs", process.argv.slice(2).join())')
  return `const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
appendFileSync('calls', '${name}\\n')
mkdirSync('${dirname(output)}', { recursive: true })
writeFileSync('${output}', ${written})`
}

/** Starts the checkout; resolves to what it called and printed. */
async function start(args = [], env = {}) {
  rmSync(join(root, 'calls'), { force: true })
  const path = `${join(root, 'bin')}${delimiter}${process.env.PATH}`
  const options = { cwd: root, env: { ...process.env, PATH: path, INIT_CWD: root, ...env } }
  const result = await promisify(execFile)(
    process.execPath,
    [join(root, 'api/start.mjs'), ...args],
    options,
  ).catch((error) => error)
  const calls = join(root, 'calls')
  const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
  return { called, status: result.code ?? 0, printed: result.stdout, error: result.stderr }
}

test('the first start installs, compiles, bundles and runs; the second only runs', async () => {
  const first = await start(['--help'])
  expect(first.called).toEqual(['install', 'compile', 'bundle'])
  expect(first.printed).toMatch(/server runs --help\n$/)
  const second = await start()
  expect([second.called, second.status]).toEqual([[], 0])
  expect(second.printed).toMatch(/server runs \n$/)
})

test.each([
  ['the lock file', 'pnpm-lock.yaml', ['install', 'compile', 'bundle']],
  ['a source of the server', 'api/server.ts', ['compile', 'bundle']],
  ['a new source of geo', 'geo/new.ts', ['compile', 'bundle']],
  ['a source of the page', 'web/main.tsx', ['bundle']],
  ['a data file', 'api/db/seed/project.csv', []],
])('after a change of %s only what depends on it is made again', async (_, path, called) => {
  await start()
  mkdirSync(dirname(join(root, path)), { recursive: true })
  appendFileSync(join(root, path), '\n')
  expect((await start()).called).toEqual(called)
})

test('outputs that somebody removed are made again', async () => {
  await start()
  rmSync(join(root, 'web/dist'), { recursive: true })
  expect((await start()).called).toEqual(['bundle'])
  rmSync(join(root, 'api/dist'), { recursive: true })
  expect((await start()).called).toEqual(['compile'])
})

test('a dependency that is not there, as in a copy that lost its links, is installed again', async () => {
  put('geo/package.json', '{"dependencies": {"proj4": "1"}}')
  put('geo/node_modules/proj4/package.json', '{}')
  await start()
  rmSync(join(root, 'geo/node_modules'), { recursive: true })
  const { called, status, error } = await start()
  expect([called, status]).toEqual([['install'], 1])
  expect(error).toContain('INSTALL_FAILED: packages are missing')
})

test('a failed step shows its output and its cause, and is tried again at the next start', async () => {
  put('bin/npx', '#!/bin/sh\necho request failed: getaddrinfo ENOTFOUND registry\nexit 1\n')
  const failed = await start()
  expect(failed.status).toBe(1)
  expect(failed.error).toMatch(/getaddrinfo ENOTFOUND registry\n\n✗ NETWORK_UNREACHABLE: /)
  put('bin/npx', '#!/bin/sh\n')
  expect((await start()).called).toEqual(['compile', 'bundle'])
})

test('the importer needs no page, and file names are meant from where npm was called', async () => {
  mkdirSync(join(root, 'elsewhere'))
  put('node_modules/typescript/bin/tsc', script('compile', 'api/dist/server.js'))
  put('api/dist/import/cli.js', 'console.log(process.cwd(), process.argv.slice(2).join())')
  const { called, printed } = await start(['--import', 'a.csv', '--dry-run'], {
    INIT_CWD: join(root, 'elsewhere'),
  })
  expect(called).toEqual(['install', 'compile'])
  expect(printed).toContain(`${join(root, 'elsewhere')} a.csv,--dry-run\n`)
})

test('a SIGTERM that npm passes to its shell only reaches the server', async () => {
  const server = `process.on('SIGTERM', () => { console.log('stopped'); process.exit() })
    setInterval(() => {}, 1000)
    console.log('up')`
  put('node_modules/typescript/bin/tsc', script('compile', 'api/dist/server.js'))
  await start()
  put('api/dist/server.js', server)
  const shell = spawn('sh', ['-c', 'node api/start.mjs; true'], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const text of shell.stdout.setEncoding('utf8')) {
    printed += text
    if (text.includes('up\n')) shell.kill('SIGTERM')
  }
  expect(printed).toMatch(/up\nstopped\n$/)
})

test('a lock left by a process that is gone does not stop the next start', async () => {
  put('node_modules/.onemap-lock', '999999999')
  expect((await start()).called).toEqual(['install', 'compile', 'bundle'])
  expect(existsSync(join(root, 'node_modules/.onemap-lock'))).toBe(false)
})

test('two starts at once prepare once', async () => {
  const both = await Promise.all([start(), start()])
  expect(both.map(({ status }) => status)).toEqual([0, 0])
  expect(readFileSync(join(root, 'calls'), 'utf8')).toBe('install\ncompile\nbundle\n')
})

test.each(['18.20.8', '20.18.3', '19.9.0'])('Node %s is refused by name', (version) => {
  expect(() => checkNode(version)).toThrow(`NODE_TOO_OLD: Node ${version} is running`)
})

test.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('Node %s will do', (version) => {
  expect(() => checkNode(version)).not.toThrow()
})

test.each([
  ['npm error code ENOSPC', 'DISK_FULL'],
  ['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', 'LOCK_FILE_OUTDATED'],
  ['npm error code EACCES', 'NOT_WRITABLE'],
  ['spawn npx ENOENT', 'NPM_MISSING'],
  ['connect ECONNREFUSED 127.0.0.1:9', 'NETWORK_UNREACHABLE'],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'CERTIFICATE_UNKNOWN'],
  ['something else', 'INSTALL_FAILED'],
])('"%s" is explained as %s', (output, code) => {
  expect(explain('INSTALL_FAILED', output).message).toMatch(new RegExp(`^${code}: `))
})

test('a network word in a compiler message is not taken for a network failure', () => {
  expect(explain('BUILD_FAILED', "error TS2304: Cannot find name 'network'").code).toBe(
    'BUILD_FAILED',
  )
})
