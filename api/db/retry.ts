import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'

const mostTries = 4
/** Longest pause before the second try, doubled before each further one: those that met part. */
const pauseMs = 10

/**
 * Does the work again where the database ended it because of another writer (a deadlock, a failed
 * serialisation): it has left nothing behind. For transactions that may run more than once.
 */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === mostTries || !isConflict(error)) throw error
      await pause(Math.random() * pauseMs * 2 ** tries)
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['40001', '40P01'].includes(error.code)
}
