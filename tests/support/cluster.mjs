/**
 * A throw-away PostgreSQL server: own folder, own port, own password, gone with the run. It does
 * not sync to disk, so it says nothing about surviving a power cut; a killed one keeps what it has
 * written where commits are waited for.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { capture, start } from '../process.mjs'
import { freePort } from './free-port.mjs'

/**
 * Creates and starts a server with the programs in `bin` (initdb, postgres, psql). Throws
 * CLUSTER_FAILED with the server's log.
 *
 * @param {string} bin
 * @param {Record<string, string>} [settings] beside and before the usual ones
 * @returns {Promise<{ url: string, kill: () => Promise<void>, restart: () => Promise<void>, stop: () => Promise<void> }>}
 *   the address of the empty database `onemap_test` of its superuser `onemap`; kill -9 of all its
 *   processes; the way back; a function that ends the server and removes its folder
 */
export async function startCluster(bin, settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'onemap-pg-'))
  const identity = unprivileged()
  const password = randomBytes(16).toString('hex')
  try {
    return await launch({ bin, folder, identity, password, settings })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function launch({ bin, folder, identity, password, settings }) {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity.uid !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, identity.uid, identity.gid)
  }
  const options = { cwd: folder, env: { HOME: folder, LC_ALL: 'C.UTF-8' }, ...identity }
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', 'onemap', '-A', 'scram-sha-256', '--pwfile', passwordFile]
  const { status, output } = await capture(
    join(bin, 'initdb'),
    [...init, '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
    options,
  )
  if (status !== 0) throw new Error(`CLUSTER_FAILED: initdb ended with ${status}\n${output}`)
  const cluster = { bin, data, folder, password, options, settings }
  let server = await startOnFreePort(cluster)
  return {
    url: `${server.address}/onemap_test`,
    async kill() {
      for (const pid of [server.child.pid, ...backendsOf(server.child.pid)]) killed(pid)
      await server.exited
    },
    async restart() {
      server = await startAgain(cluster, server)
    },
    async stop() {
      server.child.kill('SIGINT')
      await server.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL's own processes leave their parent's group. */
function backendsOf(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return children.trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function killed(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** What a killed server has left in shared memory is in the way until its last process is gone. */
async function startAgain(cluster, { address, port }) {
  for (let attempt = 1; ; attempt++) {
    const again = run(cluster, port)
    if (await answers(cluster.bin, `${address}/onemap_test`, 'SELECT 1', again.child)) return again
    again.child.kill('SIGKILL')
    await again.exited
    if (attempt === 20) throw new Error(`CLUSTER_FAILED: PostgreSQL did not start\n${again.log()}`)
    await wait(100)
  }
}

function run({ bin, data, folder, password, options, settings }, port) {
  let log = ''
  const started = start(
    join(bin, 'postgres'),
    serverArguments(data, folder, { port, ...settings }),
    {
      ...options,
      onOutput: (text) => {
        log = (log + text).slice(-20_000)
      },
    },
  )
  const address = `postgres://onemap:${password}@127.0.0.1:${port}`
  return { ...started, address, port, log: () => log }
}

/** A port that was free a moment ago may be taken by now: then another one is tried. */
async function startOnFreePort(cluster) {
  for (let attempt = 1; ; attempt++) {
    const server = run(cluster, await freePort())
    const create = 'CREATE DATABASE onemap_test'
    if (await answers(cluster.bin, `${server.address}/postgres`, create, server.child))
      return server
    server.child.kill('SIGKILL')
    await server.exited
    if (attempt === 5 || !server.log().includes('Address already in use')) {
      throw new Error(`CLUSTER_FAILED: PostgreSQL did not start\n${server.log()}`)
    }
  }
}

function serverArguments(data, folder, own) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 100,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '256MB',
    timezone: 'Asia/Shanghai',
    ...own,
  }
  return [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
}

/** Whether the server takes a statement within a minute, while its process lives. */
async function answers(bin, address, statement, child) {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    const { status } = await capture(join(bin, 'psql'), [address, '-X', '-q', '-c', statement], {
      env: { PGCONNECT_TIMEOUT: '10' },
    })
    if (status === 0) return true
    await wait(100)
  }
  return false
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres` that its package made. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {}
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
