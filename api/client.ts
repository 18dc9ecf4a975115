import { hc } from 'hono/client'
import type { App } from './app.ts'

// The value makes the compiler write the type out once, here; every user then only reads it.
const client = hc<App>('')
export type Client = typeof client

/** The typed client of the API under `base` (/api). No server code comes with it. */
export const createClient = (...args: Parameters<typeof hc>): Client => hc<App>(...args)
