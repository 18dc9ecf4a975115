/**
 * One step of the preparation: a program that is run, timed, and explained when it fails. Node's
 * own modules only.
 */
import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** The repository's root folder, without a trailing slash. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The pnpm that installs packages, as npx is asked for it. */
export const pnpm = 'pnpm@12.21.0'

/** What npx has stored is used without asking; without a network it says so in seconds. */
const npmSettings = {
  npm_config_loglevel: 'notice',
  npm_config_prefer_offline: 'true',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retry_mintimeout: '3000',
  npm_config_fetch_retry_maxtimeout: '10000',
}

/** An Error whose message starts with a stable code and says what to do; shown without a stack. */
export function failure(code, sentence) {
  return Object.assign(new Error(`${code}: ${sentence}`), { code })
}

/** Prints a preparation failure in full sentence form and ends the process with status 1. */
export function stop(error) {
  const known = error instanceof Error && 'code' in error
  console.error(`\n✗ ${known ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}

/**
 * Runs a program in the checkout and prints one line: what it is and how long it took. Its own
 * output is shown only when it fails; then throws an error made by `failure`, whose code names the
 * cause where the output tells it and is `code` otherwise.
 */
export async function step(label, code, args, command = process.execPath) {
  const began = performance.now()
  process.stdout.write(`${label} …`)
  const { status, output } = await run(command, args)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(` ${status === 0 ? '' : '✗ '}${seconds} s\n`)
  if (status === 0) return
  const lines = stripVTControlCharacters(output).trimEnd().split('\n')
  console.error(
    lines
      .filter((line) => !/^\s+at .*:\d+\)?$/.test(line))
      .slice(-40)
      .join('\n'),
  )
  throw explain(code, output)
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npx',
      env: { ...process.env, ...npmSettings },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ status: 1, output: `${output}\n${error.message}` }))
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

const causes = [
  [
    /ENOSPC|no space left/i,
    'DISK_FULL',
    `the disk is full (磁盘已满): free about 1.5 GB for ${root} and ${homedir()}, then start again`,
  ],
  [
    /spawn npx ENOENT/,
    'NPM_MISSING',
    'the command npx was not found: install npm together with Node from https://nodejs.org, then start again',
  ],
  [
    /OUTDATED_LOCKFILE/,
    'LOCK_FILE_OUTDATED',
    `package.json and pnpm-lock.yaml disagree: run "npx ${pnpm} install" and start again`,
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_HAS_EXPIRED|UnknownIssuer/,
    'CERTIFICATE_UNKNOWN',
    'the network answers with a certificate that Node does not know (证书不受信任): set NODE_EXTRA_CA_CERTS and SSL_CERT_FILE to the file of your network’s own authority, and start again',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|META_FETCH_FAIL|network|error sending request/i,
    'NETWORK_UNREACHABLE',
    'the package registry could not be reached (网络不通): check the network, or name a mirror or proxy as in: npm config set registry https://registry.npmmirror.com; then start again',
  ],
  [
    /EACCES|EPERM|EROFS|permission denied/i,
    'NOT_WRITABLE',
    `a file above cannot be written by this user (没有写权限): start in a folder of your own with HOME set to one too`,
  ],
]

/** The error for a failed step: `code`, or the cause that its output names. */
export function explain(code, output) {
  const cause = causes.find(([pattern]) => pattern.test(output))
  if (cause && (code === 'INSTALL_FAILED' || cause[1] === 'DISK_FULL'))
    return failure(cause[1], cause[2])
  const advice =
    code === 'INSTALL_FAILED'
      ? 'remove node_modules and start again'
      : 'the output above names the file and line'
  return failure(code, `this step did not succeed; ${advice}`)
}
