import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { KeptProcess, type Listener } from './kept-process.ts'

export interface Embedded {
  socket: string
  lock: FolderLock
  /** Stops the database after its last query; the folder may be opened again afterwards. */
  stop(): Promise<void>
  /** The process of the database (tests kill it to see it return). */
  pid(): number | undefined
}

/**
 * Starts the embedded database in its own process and keeps it running: after a crash it is
 * started again on the same socket, so the driver only has to reconnect. Where that does not help,
 * `on.lost` is told why.
 * @throws Error `FOLDER_LOCKED`, `FOLDER_NOT_WRITABLE`, `FOLDER_DAMAGED`, `DISK_FULL` or
 * `EMBEDDED_FAILED`.
 */
export async function startEmbedded(folder: string, on: Listener): Promise<Embedded> {
  const lock = await lockFolder(folder)
  try {
    const socket = await socketPath(folder)
    const dataDir = join(folder, 'pg')
    await mkdir(dataDir, { recursive: true })
    const kept = new KeptProcess(dataDir, socket, on)
    await kept.start()
    const stop = async () => {
      await kept.stop()
      await rm(socket, { force: true })
      await lock.release()
    }
    return { socket, lock, pid: () => kept.pid, stop }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** A socket path is at most 107 bytes on Linux: a deep data folder gets one in the temp folder. */
async function socketPath(folder: string): Promise<string> {
  const near = join(folder, '.s.PGSQL.5432')
  if (Buffer.byteLength(near) <= 100) return near
  const short = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const dir = join(tmpdir(), `onemap-${short}`)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  return join(dir, '.s.PGSQL.5432')
}
