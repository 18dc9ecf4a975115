/**
 * Programs that a test run starts. Each leads a process group of its own, and carries the run's
 * mark in its environment, so that whatever it leaves behind is found and ended with it.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

// Inside a run what a test starts carries the mark of the run.
const mark = `ONEMAP_TEST_RUN=${process.env.ONEMAP_TEST_RUN ?? randomUUID()}`
const leaders = new Set()

/**
 * Starts a program. `onOutput` gets its output as text while it comes; without it the output goes
 * to this process's own. Resolves to the exit status (1 when it could not start or was killed).
 */
export function start(command, args, { cwd, env, uid, gid, onOutput } = {}) {
  const [name, value] = mark.split('=')
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
    env: { ...process.env, ...env, [name]: value },
    ...(uid === undefined ? {} : { uid, gid }),
  })
  if (child.pid) leaders.add(child.pid)
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', onOutput)
  const exited = new Promise((resolve) => {
    child.on('error', (error) => {
      onOutput?.(`${error.message}\n`)
      resolve(1)
    })
    child.on('close', (status) => {
      leaders.delete(child.pid)
      endGroup(child.pid)
      resolve(status ?? 1)
    })
  })
  return { child, exited }
}

/** Like `start`, but resolves to the exit status together with the whole output. */
export async function capture(command, args, options = {}) {
  let output = ''
  const onOutput = (text) => {
    output += text
  }
  const status = await start(command, args, { ...options, onOutput }).exited
  return { status, output }
}

/** Ends at once, without a chance to refuse, everything that this run started. */
export function endAll() {
  for (const pid of leaders) endGroup(pid)
  for (const pid of marked()) signal(pid)
}

function endGroup(pid) {
  if (pid) signal(-pid)
}

function signal(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}

/** Processes that left their group, as a server's supervised child does; Linux only. */
function marked() {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environment(pid).includes(mark))
    .map(Number)
}

function environment(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
