import { execSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { disclosed } from 'api/db/disk-full'
import { watchEngine } from 'api/db/engine-end'
import { lockFolder } from 'api/db/folder-lock'
import { KeptProcess } from 'api/db/kept-process'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { startServer } from '../support/server-process.ts'

const asRoot = (command: string) => execSync(command, { stdio: 'ignore' })
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onemap-end-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('an engine that is gone is noticed', () => {
  const sync = new Uint8Array([0x53, 0, 0, 0, 4])
  /** PGlite swallows what its engine throws, as here. */
  const engine = (once: () => void, answer: Uint8Array | null) => {
    const mod = { _PostgresMainLoopOnce: once }
    const db = {
      mod,
      execProtocolRawStream: async (_: Uint8Array, { onRawData }: { onRawData: Tell }) => {
        try {
          mod._PostgresMainLoopOnce()
        } catch {}
        if (answer) onRawData(answer)
      },
    }
    const reasons: string[] = []
    watchEngine(db as unknown as Parameters<typeof watchEngine>[0], (reason) =>
      reasons.push(reason),
    )
    return { reasons, run: () => db.execProtocolRawStream(sync, { onRawData: () => {} }) }
  }
  type Tell = (data: Uint8Array) => void
  const ready = new Uint8Array([0x5a, 0, 0, 0, 5, 0x49])

  test('when it aborts', async () => {
    const abort = () => {
      throw Object.assign(new Error('Aborted()'), { name: 'RuntimeError' })
    }
    const { reasons, run } = engine(abort, ready)
    await run()
    expect(reasons).toEqual(['Aborted()'])
  })
  test('when it answers nothing', async () => {
    const { reasons, run } = engine(() => {}, null)
    await run()
    expect(reasons).toEqual(['no answer to a query'])
  })
  test('and a failed statement is not that', async () => {
    const failed = () => {
      throw 'unwind'
    }
    const { reasons, run } = engine(failed, ready)
    await run()
    expect(reasons).toEqual([])
  })
})

test.each([
  [Object.assign(new Error('could not extend file'), { code: '53100' })],
  [
    new Error('MIGRATION_FAILED: x', {
      cause: Object.assign(new Error('full'), { code: '53100' }),
    }),
  ],
  [new Error('ENOSPC: no space left on device, write')],
  [new Error('{"name":"ErrnoError","errno":51}')],
])('%s is told as a full disk, with what to do', async (error) => {
  expect((await disclosed(error, null, 'db')).message).toMatch(/^DISK_FULL: .* db; free space on /)
  expect((await disclosed(error, folder, folder)).message).toMatch(/^DISK_FULL: .*ONEMAP_DATA/)
})

test('a lock can be had below a folder that is not there yet, and not below one that cannot be', async () => {
  await (await lockFolder(join(folder, 'a', 'b', 'c'))).release()
  await expect(lockFolder('/proc/x')).rejects.toThrow(/^FOLDER_NOT_WRITABLE: data folder \/proc\/x/)
})

describe('an embedded database of its own', () => {
  beforeEach(({ skip }) => {
    // In the embedded run another one is open already, and two at once are too much for a machine.
    if (inject('database')?.kind !== 'server') skip()
  })

  test('that answers nothing any more is ended and started again', async () => {
    const kept = new KeptProcess(
      folder,
      join(folder, 's'),
      { restarted: () => {}, lost: () => {} },
      2000,
    )
    await kept.start()
    const first = kept.pid ?? 0
    process.kill(first, 'SIGSTOP')
    await vi.waitFor(() => expect(kept.pid).not.toBe(first), { timeout: 120_000, interval: 100 })
    await kept.stop()
  }, 240_000)

  test('whose files are damaged says so, without a stack', async () => {
    await mkdir(join(folder, 'pg', 'global'), { recursive: true })
    await writeFile(join(folder, 'pg', 'PG_VERSION'), '17\n')
    await writeFile(join(folder, 'pg', 'global', 'pg_control'), 'damaged')
    const run = startServer({ ONEMAP_DATA: folder })
    expect(await run.ended).toBe(1)
    expect(run.output()).toMatch(
      /^FOLDER_DAMAGED: .* is damaged .* move it away to begin with an empty one$/m,
    )
    expect(run.output()).not.toMatch(/^\s+at /m)
  }, 120_000)

  test('on a disk that fills up at the first start ends with DISK_FULL', async ({ skip }) => {
    try {
      asRoot(`mount -t tmpfs -o size=44M tmpfs ${folder}`)
    } catch {
      skip('needs the right to mount')
    }
    try {
      const run = startServer({ ONEMAP_DATA: join(folder, 'data') })
      expect(await run.ended).toBe(1)
      expect(run.output()).toMatch(/^DISK_FULL: no space left for the database in /m)
    } finally {
      asRoot(`umount -l ${folder}`)
    }
  }, 240_000)
})
