import type { Result, Work } from './hotspot-worker.ts'
import workerUrl from './hotspot-worker.ts?worker&url'

/**
 * Has work done by a worker of its own and gives its result; `signal` ends the worker at once, and the
 * promise rejects with an AbortError. A worker that cannot start rejects too.
 */
export function haveDone(
  work: Work,
  signal: AbortSignal,
): Promise<Exclude<Result, { failure: string }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, { type: 'module' })
    const end = () => {
      worker.terminate()
      signal.removeEventListener('abort', given)
    }
    const given = () => {
      end()
      reject(signal.reason)
    }
    if (signal.aborted) return given()
    signal.addEventListener('abort', given)
    worker.onmessage = ({ data }: MessageEvent<{ result: Result }>) => {
      end()
      if ('failure' in data.result) reject(new Error(data.result.failure))
      else resolve(data.result)
    }
    worker.onerror = (event) => {
      end()
      reject(new Error(event.message || 'HOTSPOT_WORKER: the worker could not start'))
    }
    worker.postMessage({ work })
  })
}
