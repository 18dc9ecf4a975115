/**
 * `npm start`, `npm run import -- FILE …`, `npm run admin -- LOGIN NAME`, `npm run audit` and
 * `npm run dev`: prepares the checkout, then runs the server, a command or the three watchers.
 * Arguments after the mode go on unchanged.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, tool } from './prepare.mjs'
import { failure, root, stop } from './step.mjs'

const began = performance.now()
const parent = process.ppid
const [mode, ...rest] = process.argv.slice(2)
const commands = new Map([
  ['--import', 'api/dist/import/cli.js'],
  ['--admin', 'api/dist/account/cli.js'],
  ['--audit', 'api/dist/audit/cli.js'],
])
const given = mode === undefined ? [] : [mode, ...rest]

try {
  if (mode === '--dev') await watch()
  else if (commands.has(mode)) {
    returnToCaller()
    await enter(commands.get(mode), rest, { page: false })
  } else await enter('api/dist/server.js', given, { page: true })
} catch (error) {
  stop(error)
}

/** Runs a compiled program inside this process, so that signals and exit codes are its own. */
async function enter(path, args, { page }) {
  await prepare({ page })
  readSettings()
  const file = join(root, path)
  if (!existsSync(file)) throw failure('BUILD_INCOMPLETE', `${file} does not exist after the build`)
  if (page)
    console.log(`准备完成 / prepared in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  process.env.ONEMAP_DATA = resolve(root, process.env.ONEMAP_DATA || 'data')
  endWithParent()
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
}

/**
 * npm starts programs through a shell and passes a SIGTERM to that shell only, which ends and leaves
 * the program running: it notices that its parent is another one, and ends as if it had the signal.
 */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const look = () => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }
  const timer = setInterval(look, 300).unref()
}

/** npm changes to the root before it runs a script: file names are meant from where it was called. */
function returnToCaller() {
  process.chdir(process.env.INIT_CWD ?? process.cwd())
}

function readSettings() {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

async function watch() {
  await prepare({ page: false })
  readSettings()
  const server = join(root, 'api/dist/server.js')
  const children = [
    [tool('typescript', 'bin/tsc'), '-b', 'api', '--watch', '--preserveWatchOutput'],
    ['--watch', '--watch-preserve-output', server],
    [tool('vite', 'bin/vite.js')],
  ].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }))
  const end = () => {
    for (const child of children) child.kill()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end)
  for (const child of children) child.on('exit', end)
}
