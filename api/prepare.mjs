/**
 * Makes a fresh checkout runnable: packages installed, server compiled, page built. Plain
 * JavaScript with Node's own modules only, because it runs before anything is installed. Work is
 * skipped while the hash of its inputs equals the stamp that the last successful run left, so a
 * second start calls neither npm nor a compiler.
 */
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { failure, pnpm, root, step } from './step.mjs'

const workspaces = ['.', 'geo', 'api', 'web', 'tests']
const modules = join(root, 'node_modules')
const installStamp = join(modules, '.onemap-install')
const serverStamp = join(root, 'api/dist/.onemap-build')
const pageStamp = join(root, 'web/dist/.onemap-build')

/** Throws NODE_TOO_OLD unless this Node is 20.19 or newer. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw failure(
    'NODE_TOO_OLD',
    `Node ${version} is running, onemap needs 20.19 or newer (需要 Node 20.19 以上); install it from https://nodejs.org and start again`,
  )
}

/**
 * Installs packages, compiles geo and api, and builds the page, each only when its inputs changed.
 * `page: false` leaves the page out (importer). Throws an error made by `failure`.
 */
export async function prepare({ page = true } = {}) {
  checkNode()
  if (current({ page })) return
  checkWritable()
  const unlock = await lock()
  try {
    await install()
    const server = serverHash()
    if (stale(serverStamp, server, 'api/dist/server.js')) {
      await step('编译服务 / compiling the server', 'BUILD_FAILED', [
        tool('typescript', 'bin/tsc'),
        '-b',
        'api',
      ])
      writeStamp(serverStamp, server)
    }
    const hash = pageHash(server)
    if (
      page &&
      existsSync(join(root, 'vite.config.ts')) &&
      stale(pageStamp, hash, 'web/dist/site/index.html')
    ) {
      await step('构建页面 / building the page', 'BUILD_FAILED', [
        tool('vite', 'bin/vite.js'),
        'build',
      ])
      writeStamp(pageStamp, hash)
    }
  } finally {
    unlock()
  }
}

/** The script of an installed root package, as an absolute path for `node`. */
export function tool(name, path) {
  return join(modules, name, path)
}

function current({ page }) {
  if (!installed()) return false
  const server = serverHash()
  if (stale(serverStamp, server, 'api/dist/server.js')) return false
  return !page || !stale(pageStamp, pageHash(server), 'web/dist/site/index.html')
}

/**
 * The lock file is trusted: how old a release must be was checked when it was written, its hashes
 * fix every byte, and asking again for each package's age needs a network and registries that know.
 */
const installOptions = [
  '--frozen-lockfile',
  '--trust-lockfile',
  '--prefer-offline',
  '--config.confirmModulesPurge=false',
  '--config.fetchRetryMintimeout=3000',
  '--config.fetchRetryMaxtimeout=10000',
]

async function install() {
  if (installed()) return
  checkHome()
  const args = ['--yes', pnpm, 'install', ...installOptions]
  await step(
    '安装依赖 / installing packages (first time: a minute or two)',
    'INSTALL_FAILED',
    args,
    'npx',
  )
  if (!complete()) {
    throw failure(
      'INSTALL_FAILED',
      `packages are missing from ${modules} after installing; remove node_modules and start again`,
    )
  }
  writeStamp(installStamp, packagesHash())
}

function installed() {
  return !stale(installStamp, packagesHash(), 'node_modules') && complete()
}

/** Whether every package that a workspace names is really there: copies can lose symbolic links. */
function complete() {
  return workspaces.every((workspace) => {
    const { dependencies, devDependencies } = manifest(workspace)
    return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
      existsSync(join(root, workspace, 'node_modules', name, 'package.json')),
    )
  })
}

function manifest(workspace) {
  return JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
}

function packagesHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
    hash.update(readFileSync(join(root, file)))
  }
  for (const workspace of workspaces) {
    const { dependencies, devDependencies } = manifest(workspace)
    hash.update(JSON.stringify([workspace, dependencies, devDependencies]))
  }
  return hash.digest('hex')
}

function serverHash() {
  const hash = createHash('sha256').update(packagesHash())
  for (const folder of ['geo', 'api']) hashFolder(hash, folder, /\.ts$|^(package|tsconfig)\.json$/)
  return hash.digest('hex')
}

function pageHash(server) {
  const hash = createHash('sha256').update(server)
  const config = join(root, 'vite.config.ts')
  if (existsSync(config)) hash.update(readFileSync(config))
  hashFolder(hash, 'web', /./)
  return hash.digest('hex')
}

function hashFolder(hash, folder, pattern) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'data'].includes(entry.name)) hashFolder(hash, path, pattern)
    } else if (pattern.test(entry.name)) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
    }
  }
}

function stale(stamp, hash, output) {
  if (!existsSync(join(root, output)) || !existsSync(stamp)) return true
  return readFileSync(stamp, 'utf8') !== hash
}

function writeStamp(stamp, hash) {
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}

function checkWritable() {
  for (const folder of [root, modules, join(root, 'api/dist'), join(root, 'web/dist')]) {
    if (!existsSync(folder) || writable(folder)) continue
    throw failure(
      'NOT_WRITABLE',
      `the folder ${folder} cannot be written by this user (没有写权限); copy or clone the project into a folder of your own, or change its owner, and start again`,
    )
  }
}

function checkHome() {
  let folder = process.env.npm_config_cache ?? homedir()
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder)
  if (writable(folder)) return
  throw failure(
    'HOME_NOT_WRITABLE',
    `packages are first stored under ${homedir()}, and ${folder} cannot be written by this user; start with HOME set to a folder that can, as in: HOME=/tmp/onemap-home npm start`,
  )
}

function writable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** One preparation at a time in one checkout: a second one waits, a dead one's lock is taken over. */
async function lock() {
  const file = join(modules, '.onemap-lock')
  mkdirSync(modules, { recursive: true })
  for (let told = false; ; told = true) {
    if (taken(file)) return () => rmSync(file, { force: true })
    const holder = Number(readHolder(file))
    if (!alive(holder)) removeStale(file, holder)
    else {
      if (!told)
        console.log(
          `等待另一个进程 / waiting for process ${holder}, which is preparing this folder`,
        )
      await wait(300)
    }
  }
}

const beside = (file) => `${file}.${process.pid}`

/** Whether the lock is ours now: it appears with its content or not at all, and never over another. */
function taken(file) {
  const own = beside(file)
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    // File systems without links (exFAT) get the lock in two steps.
    if (!/^(EPERM|ENOTSUP|ENOSYS)$/.test(error.code)) throw error
    return takenInPlace(file)
  } finally {
    rmSync(own, { force: true })
  }
}

function takenInPlace(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes a dead process's lock away. Whoever does so holds a claim on that very process's lock, so
 * that one which a living process has put there meanwhile is never touched.
 */
function removeStale(file, holder) {
  const claim = `${file}.of-${holder}`
  if (!taken(claim)) {
    if (!alive(Number(readHolder(claim)))) rmSync(claim, { force: true })
    return
  }
  try {
    if (Number(readHolder(file)) === holder) rmSync(file, { force: true })
  } finally {
    rmSync(claim, { force: true })
  }
}

function readHolder(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function alive(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
