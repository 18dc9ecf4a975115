import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from 'api/db/embedded'
import { type FolderLock, lockFolder, readHolder } from 'api/db/folder-lock'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { startServer } from '../support/server-process.ts'

const patience = { timeout: 120_000 }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-lock-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

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

test('the lock of a process that has ended and that nobody has looked after is taken over', async () => {
  // The first sleep ends while its parent, now the second, never asks for it.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  await vi.waitFor(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /))
  await writeFile(join(folder, 'onemap.lock'), JSON.stringify({ pid, started: '' }))
  await (await lockFolder(folder)).release()
  parent.kill('SIGKILL')
})

test('while the address is written, others go on seeing the holder', async () => {
  const lock = await lockFolder(folder)
  const writing = Array.from({ length: 50 }, (_, port) =>
    lock.announce(`http://127.0.0.1:${port}`, 'key'),
  )
  for (let look = 0; look < 200; look += 1)
    expect((await readHolder(folder))?.pid).toBe(process.pid)
  await Promise.all(writing)
  expect((await readHolder(folder))?.url).toMatch(/^http:/)
  await expect(lockFolder(folder)).rejects.toThrow(/^FOLDER_LOCKED: .* \(http:/)
  await lock.release()
})

/** A process that lives until it is killed, as a lock names it. */
async function bystander() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8')
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  const end = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { lock: JSON.stringify({ pid: child.pid, started }), end }
}

/**
 * From now on processes that start leave a mark in a file each time they look at a database's lock.
 * Resolves when that many looks are there.
 */
function countLooks(): (count: number) => Promise<void> {
  const looks = join(folder, 'looks')
  const spy = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { readFile } = fs.promises
    fs.promises.readFile = (path, ...rest) => {
      if (String(path).endsWith('pg.lock')) fs.appendFileSync(${JSON.stringify(looks)}, '.')
      return readFile(path, ...rest)
    }
    syncBuiltinESMExports()`
  vi.stubEnv('NODE_OPTIONS', `--import=data:text/javascript,${encodeURIComponent(spy)}`)
  return (count) =>
    vi.waitFor(async () => {
      expect((await readFile(looks, 'utf8')).length).toBeGreaterThanOrEqual(count)
    }, patience)
}

test('a database waits for the one that a killed server left on its folder', async ({ skip }) => {
  // In the embedded run another one is open already, and two at once are too much for a machine.
  if (inject('database')?.kind !== 'server') skip('starts an embedded database of its own')
  const left = await bystander()
  const data = join(folder, 'data')
  await mkdir(data)
  await writeFile(join(data, 'pg.lock'), left.lock)
  const looked = countLooks()
  const opening = startEmbedded(data, { restarted: () => {}, lost: () => {} })
  await looked(3)
  expect(await readdir(join(data, 'pg'))).toEqual([])
  expect(await readFile(join(data, 'pg.lock'), 'utf8')).toBe(left.lock)
  await left.end()
  const database = await opening
  expect(JSON.parse(await readFile(join(data, 'pg.lock'), 'utf8')).pid).toBe(database.pid())
  await database.stop()
  expect((await readdir(data)).sort()).toEqual(['pg'])
})

test('a server killed once its database has the folder can be started again at once', async ({
  skip,
}) => {
  if (inject('database')?.kind !== 'server') skip('starts an embedded database of its own')
  const first = startServer({ ONEMAP_DATA: folder })
  await vi.waitFor(async () => expect(await readdir(folder)).toContain('pg.lock'), patience)
  first.child.kill('SIGKILL')
  // Until it is reaped, its number is taken: the lock's holder would seem to live.
  await first.ended
  const second = startServer({ ONEMAP_DATA: folder })
  expect(await second.ready).toMatch(/^http:/)
  await second.stop()
})
