import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { disclosed } from './disk-full.ts'

/** So many short lives in a row, and the folder is likely damaged. */
const restartLimit = 5
const shortLifeMs = 60_000
/** A first start takes 20 s on a slow machine, a repair after a crash less. */
const startPatienceMs = 180_000
const pingMs = 5000
/** No pong while a statement runs: the longest of an import's take a minute on a busy machine. */
const hangPatienceMs = 300_000
/** Longer than the process itself takes to give up closing. */
const stopPatienceMs = 6000

export interface Listener {
  restarted: (crash: number) => void
  lost: (error: Error) => void
}

/**
 * A database process that is started again whenever it ends by itself, and ended when it answers
 * nothing for long. It says so when it cannot be kept.
 */
export class KeptProcess {
  readonly #dataDir: string
  readonly #socket: string
  readonly #on: Listener
  readonly #hangPatienceMs: number
  #crashes = 0
  #child: ChildProcess | null = null
  #starting: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(dataDir: string, socket: string, on: Listener, patienceMs = hangPatienceMs) {
    this.#dataDir = dataDir
    this.#socket = socket
    this.#on = on
    this.#hangPatienceMs = patienceMs
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @throws Error `DISK_FULL`, `FOLDER_DAMAGED` or `EMBEDDED_FAILED`. */
  async start(): Promise<void> {
    await rm(this.#socket, { force: true })
    const child = await spawnDatabase(this.#dataDir, this.#socket)
    this.#child = child
    const since = performance.now()
    endWhenSilent(child, this.#hangPatienceMs)
    child.once('exit', () => void this.#ended(performance.now() - since))
  }

  /** A restart under way is waited for: its process must not outlive the folder's lock. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#starting
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    const patience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
    child.send('stop')
    await gone
    clearTimeout(patience)
  }

  async #ended(livedMs: number): Promise<void> {
    if (this.#stopping) return
    this.#crashes = livedMs < shortLifeMs ? this.#crashes + 1 : 1
    if (this.#crashes > restartLimit) {
      const message = `EMBEDDED_FAILED: the embedded database in ${this.#dataDir} ended ${this.#crashes} times in a row`
      this.#on.lost(await disclosed(new Error(message), this.#dataDir, this.#dataDir))
      return
    }
    this.#on.restarted(this.#crashes)
    this.#starting = this.start().catch((error: Error) => {
      if (!this.#stopping) this.#on.lost(error)
    })
  }
}

/** Its event loop stands still while a statement runs; for ever, when the statement never ends. */
function endWhenSilent(child: ChildProcess, patienceMs: number): void {
  let heard = performance.now()
  child.on('message', () => {
    heard = performance.now()
  })
  const pings = setInterval(
    () => {
      if (performance.now() - heard > patienceMs) child.kill('SIGKILL')
      else if (child.connected) child.send('ping', () => {})
    },
    Math.min(pingMs, patienceMs / 4),
  )
  pings.unref()
  child.once('exit', () => clearInterval(pings))
}

async function spawnDatabase(dataDir: string, socket: string): Promise<ChildProcess> {
  const known = existsSync(join(dataDir, 'PG_VERSION'))
  const child = fork(
    fileURLToPath(new URL('./embedded-process.js', import.meta.url)),
    [dataDir, socket],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--max-old-space-size=4096'],
    },
  )
  try {
    await ready(child)
    return child
  } catch (error) {
    const failure = await disclosed(failed(error as Error, known, dataDir), dataDir, dataDir)
    // Half of a new database would be taken for a whole one at the next start.
    if (!known) await empty(dataDir)
    throw failure
  }
}

function failed({ message }: Error, known: boolean, dataDir: string): Error {
  const reason = message
    .replace(/ ?Build with -sASSERTIONS.*/, '')
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .slice(0, 400)
  // PostgreSQL's own start; another process on the folder, or a missing program, is no damage.
  return known && /PGlite failed|RuntimeError|Aborted|unreachable|ended with code \d/.test(message)
    ? new Error(
        `FOLDER_DAMAGED: the embedded database in ${dataDir} is damaged and cannot be opened (${reason}); put a copy of the folder back, or move it away to begin with an empty one`,
      )
    : new Error(`EMBEDDED_FAILED: the embedded database in ${dataDir} did not start: ${reason}`)
}

/** Resolves when the process serves; it is gone where this throws. */
async function ready(child: ChildProcess): Promise<void> {
  let tail = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000)
  })
  let why: string | null = null
  const patience = setTimeout(() => {
    why ??= `no answer within ${startPatienceMs / 1000} s`
    child.kill('SIGKILL')
  }, startPatienceMs)
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(error))
      child.once('exit', (code) =>
        reject(new Error(why ?? `it ended with code ${code}. ${tail.trim()}`)),
      )
      child.once('message', (message: { ready?: true; failed?: string }) => {
        if (message.ready) resolve()
        else why = message.failed ?? 'unknown reason'
      })
    })
  } finally {
    clearTimeout(patience)
  }
}

async function empty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
