import type { PGlite } from '@electric-sql/pglite'

const READY = 'Z'.charCodeAt(0)
const READY_LENGTH = 6
/** Parse, Bind, Describe, Execute, Close and Flush: PostgreSQL says "ready" after none of them. */
const unready = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)))

/**
 * Takes away the "ready" that PGlite sends after a failed Parse, Bind or Execute, beside the one that
 * the Sync after it gets: a driver would count it as the end of the next query, and give every
 * caller from then on the answer of another.
 */
export function dropEarlyReady(db: PGlite): void {
  const run = db.execProtocolRawStream.bind(db)
  db.execProtocolRawStream = async (message, options) => {
    if (!unready.has(message[0] ?? 0)) return run(message, options)
    // Nothing else that ends an answer has such a last byte: they end with 0 or a length.
    let held = Buffer.alloc(0)
    const onRawData = (data: Uint8Array) => {
      const all = Buffer.concat([held, data])
      const from = Math.max(0, all.length - READY_LENGTH)
      if (from > 0) options?.onRawData?.(all.subarray(0, from))
      held = all.subarray(from)
    }
    await run(message, { ...options, onRawData })
    if (held.length > 0 && !isReady(held)) options?.onRawData?.(held)
  }
}

const isReady = (bytes: Buffer) =>
  bytes.length === READY_LENGTH &&
  bytes[0] === READY &&
  bytes.readInt32BE(1) === READY_LENGTH - 1 &&
  'ITE'.includes(String.fromCharCode(bytes[READY_LENGTH - 1] ?? 0))
