import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbedded } from 'api/db/embedded'
import { type FolderLock, lockFolder, readHolder } from 'api/db/folder-lock'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function compete(times: number): Promise<{ won: FolderLock[]; refused: string[] }> {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, () => lockFolder(folder)))
  const won = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? one.reason.message : []))
  return { won, refused }
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  const pid = child.pid ?? 0
  await new Promise((resolve) => child.once('exit', resolve))
  return pid
}

test.each([
  ['no lock', async () => null],
  [
    'the lock of a process that was killed',
    async () => JSON.stringify({ pid: await deadPid(), started: '1' }),
  ],
  [
    'the lock of a process whose number another has now',
    async () => JSON.stringify({ pid: process.pid, started: 'other' }),
  ],
  ['a lock cut short in writing', async () => '{"pid":1'],
  ['an empty lock', async () => ''],
])('%s: of many that start at once one gets the folder', async (_, left) => {
  for (let round = 0; round < 10; round += 1) {
    const text = await left()
    if (text !== null) await writeFile(join(folder, 'onemap.lock'), text)
    const { won, refused } = await compete(12)
    expect(won).toHaveLength(1)
    expect(refused).toHaveLength(11)
    for (const message of refused)
      expect(message).toMatch(/^FOLDER_LOCKED: data folder .* is in use by /)
    await won[0]?.release()
    expect(await readdir(folder)).toEqual([])
  }
})

test('while the address is written, others go on seeing the holder', async () => {
  const lock = await lockFolder(folder)
  const writing = Array.from({ length: 50 }, (_, port) => lock.announce(`http://127.0.0.1:${port}`))
  for (let look = 0; look < 200; look += 1)
    expect((await readHolder(folder))?.pid).toBe(process.pid)
  await Promise.all(writing)
  expect((await readHolder(folder))?.url).toMatch(/^http:/)
  await expect(lockFolder(folder)).rejects.toThrow(/^FOLDER_LOCKED: .* \(http:/)
  await lock.release()
})

test('a database waits for the one that a killed server left on its folder', async ({ skip }) => {
  // In the embedded run another one is open already, and two at once are too much for a machine.
  if (inject('database')?.kind !== 'server') skip('starts an embedded database of its own')
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const stat = await readFile(`/proc/${left.pid}/stat`, 'utf8')
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  await writeFile(join(folder, 'pg.lock'), JSON.stringify({ pid: left.pid, started }))
  let open = false
  const opening = startEmbedded(folder, { restarted: () => {}, lost: () => {} })
  opening.then(() => {
    open = true
  })
  await vi.waitFor(async () => expect(await readdir(folder)).toContain('pg'))
  await expect(vi.waitFor(() => expect(open).toBe(true), { timeout: 4000 })).rejects.toThrow()
  expect(await readdir(join(folder, 'pg'))).toEqual([])
  left.kill('SIGKILL')
  const database = await opening
  expect(JSON.parse(await readFile(join(folder, 'pg.lock'), 'utf8')).pid).toBe(database.pid())
  await database.stop()
  expect((await readdir(folder)).sort()).toEqual(['pg'])
}, 120_000)

test('a server killed while its database begins can be started again at once', async ({ skip }) => {
  if (inject('database')?.kind !== 'server') skip('starts an embedded database of its own')
  const first = startServer()
  await vi.waitFor(async () => expect(await readdir(folder)).toContain('pg.lock'), {
    timeout: 30_000,
  })
  first.child.kill('SIGKILL')
  const second = startServer()
  expect(await second.outcome).toContain('/desk')
  second.child.kill('SIGTERM')
  await second.ended
}, 120_000)

/** The built server on the folder; its output when it says where the desk is, or when it ends. */
function startServer() {
  const program = fileURLToPath(new URL('../../api/dist/server.js', import.meta.url))
  const { PATH, HOME, TMPDIR } = process.env
  const child = spawn(process.execPath, [program], {
    env: { PATH, HOME, TMPDIR, PORT: '0', ONEMAP_PACK: 'none', ONEMAP_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const outcome = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('/desk')) resolve(text)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => resolve(text))
  })
  return { child, ended, outcome }
}
