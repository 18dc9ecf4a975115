import { readFileSync } from 'node:fs'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Who holds a data folder: process, its start (pids are reused) and where its API listens. */
export interface Holder {
  pid: number
  started: string
  url?: string
}

export interface FolderLock {
  /** Writes where the holder's API listens, so that the importer can hand its file over. */
  announce(url: string): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the data folder for this process: two embedded databases on one folder destroy it, and
 * PGlite has no lock of its own. A lock whose process is gone is taken over.
 * @throws Error `FOLDER_LOCKED` with the holder's pid and address.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new Error(`FOLDER_NOT_WRITABLE: data folder ${folder}: ${error.message}`)
  })
  const path = lockPath(folder)
  const self: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' }
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(JSON.stringify(self))
      await file.close()
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(`FOLDER_NOT_WRITABLE: data folder ${folder}: ${(error as Error).message}`)
      }
      const holder = await readHolder(folder)
      if (holder || attempt > 3) {
        const who = holder ? `process ${holder.pid}${holder.url ? ` (${holder.url})` : ''}` : path
        throw new Error(
          `FOLDER_LOCKED: data folder ${folder} is in use by ${who}; stop it, or set ONEMAP_DATA to another folder`,
        )
      }
      await rm(path, { force: true })
    }
  }
  const write = async (holder: Holder) => {
    const file = await open(path, 'w')
    await file.writeFile(JSON.stringify(holder))
    await file.close()
  }
  return {
    announce: (url) => write({ ...self, url }),
    release: () => rm(path, { force: true }),
  }
}

/** The living holder of a folder, or null. */
export async function readHolder(folder: string): Promise<Holder | null> {
  const raw = await readFile(lockPath(folder), 'utf8').catch(() => '')
  if (raw === '') return null
  try {
    const holder = JSON.parse(raw) as Holder
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
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    try {
      process.kill(pid, 0)
      return ''
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? '' : null
    }
  }
}
