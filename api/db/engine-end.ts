import type { PGlite } from '@electric-sql/pglite'

interface Engine {
  _PostgresMainLoopOnce(): void
}

const waitsForAnswer = new Set(['Q'.charCodeAt(0), 'S'.charCodeAt(0)])

/**
 * Calls `end` once the WebAssembly under PGlite is gone: a panic of PostgreSQL (no room for its log)
 * or a C++ exception aborts it. PGlite swallows that, answers nothing from then on, and its socket
 * server stops for good at a query that throws, so that callers would wait for ever.
 */
export function watchEngine(db: PGlite, end: (reason: string) => void): void {
  const { mod } = db as unknown as { mod?: Engine }
  if (mod) {
    const once = mod._PostgresMainLoopOnce
    mod._PostgresMainLoopOnce = () => {
      try {
        once()
      } catch (error) {
        // The rest that is thrown is how PostgreSQL leaves a failed statement.
        if (error instanceof Error && error.name === 'RuntimeError') end(error.message)
        throw error
      }
    }
  }
  const run = db.execProtocolRawStream.bind(db)
  db.execProtocolRawStream = async (message, options) => {
    let answered = 0
    const onRawData = (data: Uint8Array) => {
      answered += data.length
      options?.onRawData?.(data)
    }
    try {
      await run(message, { ...options, onRawData })
    } catch (error) {
      end(String(error))
      throw error
    }
    if (answered === 0 && waitsForAnswer.has(message[0] ?? 0)) end('no answer to a query')
  }
}
