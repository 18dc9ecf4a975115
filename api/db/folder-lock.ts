import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const lastAttempt = 200

/** Who holds a data folder: process, its start (pids are reused) and where its API listens. */
export interface Holder {
  pid: number
  started: string
  url?: string
  /** What a program shows there to be let in (http/operator.ts). */
  key?: string
}

export interface FolderLock {
  /** Writes where the holder's API listens, so that the importer can hand its file over. */
  announce(url: string, key: string): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the data folder for this process: two embedded databases on one folder destroy it, and
 * PGlite has no lock of its own. A lock whose process is gone is taken over.
 * @throws Error `FOLDER_LOCKED` with the holder's pid and address, `FOLDER_NOT_WRITABLE`, `DISK_FULL`.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await makeFolder(folder).catch((error: Error) => {
    throw notWritable(folder, error)
  })
  const path = lockPath(folder)
  const self = thisProcess()
  for (let attempt = 0; !(await created(path, self)); attempt += 1) {
    const text = await readFile(path, 'utf8').catch(() => null)
    const holder = holderIn(text ?? '')
    if (holder || attempt === lastAttempt) {
      const who = holder ? `process ${holder.pid}${holder.url ? ` (${holder.url})` : ''}` : path
      throw new Error(
        `FOLDER_LOCKED: data folder ${folder} is in use by ${who}; stop it, or set ONEMAP_DATA to another folder`,
      )
    }
    if (text === null) continue
    if (await replacedStale(path, text, self)) break
    // Another one is about to hold it.
    await wait(10)
  }
  return {
    announce: async (url, key) => {
      const next = beside(path)
      await writeFile(next, JSON.stringify({ ...self, url, key }), { mode: 0o600 })
      await rename(next, path)
    },
    release: () => rm(path, { force: true }),
  }
}

/** Node's own way to make the folders above would try for ever below /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder)
  }
}

function notWritable(folder: string, error: NodeJS.ErrnoException): Error {
  return error.code === 'ENOSPC'
    ? new Error(
        `DISK_FULL: no space left in data folder ${folder}; free some there, or set ONEMAP_DATA to a folder elsewhere`,
      )
    : new Error(`FOLDER_NOT_WRITABLE: data folder ${folder}: ${error.message}`)
}

const beside = (path: string) => `${path}.${process.pid}.${randomUUID()}`

/** Whether the lock is ours now: it appears with its content or not at all, and never over another. */
async function created(path: string, self: Holder): Promise<boolean> {
  const next = beside(path)
  try {
    await writeFile(next, JSON.stringify(self))
    await link(next, path).catch((error: NodeJS.ErrnoException) => {
      // File systems without links (exFAT) get the lock in two steps.
      if (!/^(EPERM|ENOTSUP|ENOSYS)$/.test(error.code ?? '')) throw error
      return writeFile(path, JSON.stringify(self), { flag: 'wx' })
    })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw notWritable(dirname(path), error as Error)
  } finally {
    await rm(next, { force: true })
  }
}

/**
 * Puts our lock in the place of a dead holder's. Whoever does so holds a claim on that very lock, so
 * one that a living process has put there meanwhile is never touched. A dead claimant's claim is
 * taken over in the same way.
 */
async function replacedStale(path: string, stale: string, self: Holder): Promise<boolean> {
  const claim = `${path}.${createHash('sha256').update(stale).digest('hex').slice(0, 12)}`
  if (!(await created(claim, self))) {
    const other = await readFile(claim, 'utf8').catch(() => null)
    if (other === null || holderIn(other) || !(await replacedStale(claim, other, self))) {
      return false
    }
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => null)) !== stale) return false
    const next = beside(path)
    await writeFile(next, JSON.stringify(self))
    await rename(next, path)
    return true
  } finally {
    await rm(claim, { force: true })
  }
}

/** The living holder of a folder, or null. */
export async function readHolder(folder: string): Promise<Holder | null> {
  return holderIn(await readFile(lockPath(folder), 'utf8').catch(() => ''))
}

/** This process as a lock names it. */
export function thisProcess(): Holder {
  return { pid: process.pid, started: startOf(process.pid) ?? '' }
}

/** The process that a lock's text names, or null where it is gone or the text is none. */
export function holderIn(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder
    const started = startOf(holder.pid)
    return started !== null && (holder.started === '' || started === holder.started) ? holder : null
  } catch {
    return null
  }
}

const lockPath = (folder: string) => join(folder, 'onemap.lock')

/** A mark of when a process began (Linux: field 22 of /proc/pid/stat), null when it is gone. */
function startOf(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...fields] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; only its parent has not noticed yet.
    return /[ZX]/.test(state) ? null : (fields[18] ?? '')
  } catch {
    try {
      process.kill(pid, 0)
      return ''
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? '' : null
    }
  }
}
