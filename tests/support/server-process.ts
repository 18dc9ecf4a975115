import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A built server in a process of its own. */
export interface ServerProcess {
  child: ChildProcess
  /** What it has written so far, both streams. */
  output(): string
  /** Its address once it says that it is ready; rejects with its output when it ends before. */
  ready: Promise<string>
  /** Its exit status, once all its output is there; null when a signal ended it. */
  ended: Promise<number | null>
  /** Asks it to end, and makes it when it does not within a minute. */
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../../api/dist/server.js', import.meta.url))
const patienceMs = 60_000

/**
 * Starts a built server on a free port of this machine, without a city pack; `settings` are
 * environment variables. Nothing of a developer's own settings reaches it.
 */
export function startServer(settings: Record<string, string>): ServerProcess {
  const { PATH, HOME, TMPDIR, ONEMAP_TEST_RUN } = process.env
  const defaults = { HOST: '127.0.0.1', PORT: '0', ONEMAP_PACK: 'none' }
  const child = spawn(process.execPath, [program], {
    env: { PATH, HOME, TMPDIR, ONEMAP_TEST_RUN, ...defaults, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      const desk = /(http:\S+)\/desk/.exec(text)?.[1]
      if (desk) resolve(desk)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('close', () => reject(new Error(text)))
  })
  // Whoever waits for the end alone need not look at it.
  ready.catch(() => {})
  const stop = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    await ended
    clearTimeout(patience)
  }
  return { child, output: () => text, ready, ended, stop }
}
