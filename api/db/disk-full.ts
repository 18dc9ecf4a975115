import { statfs } from 'node:fs/promises'

/** PostgreSQL's log grows by files of this size: with less room nothing can be written. */
const leastRoomBytes = 16 * 1024 * 1024

/**
 * The error that a failure is about once a full disk is found behind it: a database that runs out of
 * room ends in many ways, most of which do not say so.
 * @param folder the data folder of an embedded database, null on a server.
 * @param where names the database in the message.
 * @returns Error `DISK_FULL`, or the failure itself.
 */
export async function disclosed(
  error: Error,
  folder: string | null,
  where: string,
): Promise<Error> {
  if (!saysFull(error) && !(folder !== null && (await isFull(folder)))) return error
  const advice =
    folder === null
      ? 'free space on the database server, then start again'
      : 'free at least 300 MB there, or set ONEMAP_DATA to a folder elsewhere, then start again'
  return new Error(`DISK_FULL: no space left for the database in ${where}; ${advice}`)
}

/** SQLSTATE 53100 or ENOSPC, by its code or in the words of whoever passed it on (51 is WASI's). */
function saysFull(error: Error): boolean {
  const { code, cause, message } = error as Error & { code?: string }
  if (code === '53100' || code === 'ENOSPC') return true
  if (/No space left|ENOSPC|"errno":51\b/.test(message)) return true
  return cause instanceof Error && saysFull(cause)
}

async function isFull(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize < leastRoomBytes
  } catch {
    return false
  }
}
