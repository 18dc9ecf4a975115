/**
 * The embedded database in a process of its own: PostgreSQL in WASM, served on a unix socket to
 * one connection. Kept off the API's event loop, and alone when a C++ exception ends it.
 * Arguments: data folder, socket path. Tells its parent {ready} or {failed} over IPC.
 */
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const [folder, socket] = process.argv.slice(2)

async function serve(dataDir: string, path: string): Promise<void> {
  const db = await PGlite.create({ dataDir, extensions: { postgis } })
  const server = new PGLiteSocketServer({ db, path, maxConnections: 1 })
  await server.start()
  const stop = async () => {
    await server.stop()
    await db.close()
    process.exit(0)
  }
  process.on('message', (message) => {
    if (message === 'stop') void stop()
  })
  // The parent's end, even by kill -9, closes the channel: no orphan may keep the folder open.
  process.on('disconnect', () => void stop())
  process.send?.({ ready: true })
}

// Ctrl-C reaches the whole process group; the parent decides when the database stops.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

if (!folder || !socket) throw new Error('embedded-process needs a data folder and a socket path')
serve(folder, socket).catch((error: unknown) => {
  process.send?.({
    failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  process.exit(1)
})
