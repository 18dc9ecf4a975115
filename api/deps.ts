import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Database } from './db/database.ts'
import type { Device } from './device/session.ts'
import type { Env } from './env.ts'
import type { KnownChange } from './event/told.ts'
import type { Viewer } from './person/viewer.ts'
import type { Auth } from './session/auth.ts'
import type { Current } from './session/sessions.ts'

/** What every route factory is given; nothing in the server is reached any other way. */
export interface Deps {
  db: Database
  env: Env
  log: Logger
  sessions: Sessions
  /** Absent in programs that serve nobody (importer, migrations). */
  live?: Live
}

/** The published changes of this process, in the order of commit (made by event/live.ts). */
export interface Live {
  /** The last published change that this process has seen. */
  readonly seq: number
  /** Told after each wake-up with the changes since the last one; returns the way to stop. */
  subscribe(listener: (changes: readonly KnownChange[]) => void): () => void
  since(seq: number, limit: number): Promise<KnownChange[]>
  close(): Promise<void>
}

/** Who is behind a request (made by session/sessions.ts), and what signing in and out needs. */
export interface Sessions {
  /** Null where nobody is signed in, or the session is over. */
  find(c: Context): Promise<Viewer | null>
  /** The session itself; null for a wall, and for whoever is not signed in. */
  current(c: Context): Promise<Current | null>
  /** The wall that asks; null for anybody else. */
  device(c: Context): Promise<Device | null>
  /** Drops what is kept: to be called once rights or sessions were changed here. */
  forget(): void
  auth(): Promise<Auth>
}
