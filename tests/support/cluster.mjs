/**
 * A throw-away PostgreSQL server: own folder, own port, own password, gone with the run. It does
 * not sync to disk, so it says nothing about surviving a power cut.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { capture, start } from '../process.mjs'
import { freePort } from './free-port.mjs'

/**
 * Creates and starts a server with the programs in `bin` (initdb, postgres, psql). Resolves to
 * `{ url, stop }`: the address of the empty database `onemap_test` of its superuser `onemap`, and a
 * function that ends the server and removes its folder. Throws CLUSTER_FAILED with the server's log.
 */
export async function startCluster(bin) {
  const folder = mkdtempSync(join(tmpdir(), 'onemap-pg-'))
  const identity = unprivileged()
  const password = randomBytes(16).toString('hex')
  try {
    return await launch({ bin, folder, identity, password })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function launch({ bin, folder, identity, password }) {
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
  const server = await startOnFreePort({ bin, data, folder, password, options })
  return {
    url: `${server.address}/onemap_test`,
    async stop() {
      server.child.kill('SIGINT')
      await server.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port that was free a moment ago may be taken by now: then another one is tried. */
async function startOnFreePort({ bin, data, folder, password, options }) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    let log = ''
    const { child, exited } = start(join(bin, 'postgres'), serverArguments(data, folder, port), {
      ...options,
      onOutput: (text) => {
        log = (log + text).slice(-20_000)
      },
    })
    const address = `postgres://onemap:${password}@127.0.0.1:${port}`
    if (await isReady({ bin, address, child })) return { address, child, exited }
    child.kill('SIGKILL')
    await exited
    if (attempt === 5 || !log.includes('Address already in use')) {
      throw new Error(`CLUSTER_FAILED: PostgreSQL did not start\n${log}`)
    }
  }
}

function serverArguments(data, folder, port) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 100,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '256MB',
    timezone: 'Asia/Shanghai',
  }
  return [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
}

async function isReady({ bin, address, child }) {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    const created = await capture(
      join(bin, 'psql'),
      [`${address}/postgres`, '-X', '-q', '-c', 'CREATE DATABASE onemap_test'],
      { env: { PGCONNECT_TIMEOUT: '10' } },
    )
    if (created.status === 0) return true
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
