import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FolderLock, lockFolder } from './folder-lock.ts'

export interface Embedded {
  socket: string
  lock: FolderLock
  /** Stops the database after its last query; the folder may be opened again afterwards. */
  stop(): Promise<void>
  /** The process of the database (tests kill it to see it return). */
  pid(): number | undefined
}

const RESTART_LIMIT = 5

interface Listener {
  restarted: (crash: number) => void
  lost: (error: Error) => void
}

/**
 * Starts the embedded database in its own process and keeps it running: after a crash it is
 * started again on the same socket, so the driver only has to reconnect. More than
 * five crashes within a minute end the program, since the folder is then likely damaged.
 * @throws Error `FOLDER_LOCKED`, `FOLDER_NOT_WRITABLE` or `EMBEDDED_FAILED`.
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

/** A database process that is started again whenever it ends by itself. */
class KeptProcess {
  readonly #dataDir: string
  readonly #socket: string
  readonly #on: Listener
  readonly #crashes: number[] = []
  #child: ChildProcess | null = null
  #starting: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(dataDir: string, socket: string, on: Listener) {
    this.#dataDir = dataDir
    this.#socket = socket
    this.#on = on
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  async start(): Promise<void> {
    await rm(this.#socket, { force: true })
    const child = await spawnDatabase(this.#dataDir, this.#socket)
    this.#child = child
    child.once('exit', () => this.#ended())
  }

  /** A restart under way is waited for: its process must not outlive the folder's lock. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#starting
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.send('stop')
    await gone
  }

  #ended(): void {
    if (this.#stopping) return
    this.#crashes.push(performance.now())
    const recent = this.#crashes.filter((at) => performance.now() - at < 60_000).length
    if (recent > RESTART_LIMIT) {
      const message = `EMBEDDED_FAILED: the embedded database ended ${recent} times in a minute`
      this.#on.lost(new Error(message))
      return
    }
    this.#on.restarted(recent)
    this.#starting = this.start().catch((error: Error) => this.#on.lost(error))
  }
}

function spawnDatabase(dataDir: string, socket: string): Promise<ChildProcess> {
  const child = fork(
    fileURLToPath(new URL('./embedded-process.js', import.meta.url)),
    [dataDir, socket],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--max-old-space-size=4096'],
    },
  )
  let tail = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000)
  })
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(
        new Error(`EMBEDDED_FAILED: the embedded database in ${dataDir} did not start: ${why}`),
      )
    const ended = (code: number | null) => fail(`it ended with code ${code}. ${tail}`)
    child.once('exit', ended)
    child.once('error', (error) => fail(error.message))
    child.once('message', (message: { ready?: true; failed?: string }) => {
      child.off('exit', ended)
      if (message.ready) resolve(child)
      else fail(message.failed ?? 'unknown reason')
    })
  })
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
