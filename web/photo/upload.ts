import type { Photo } from 'api/photo/contract'
import { Upload } from 'tus-js-client'
import { api, parseResponse } from '../shell/api.ts'
import type { PhotoPlace } from './queries.ts'

const chunkBytes = 2 * 1024 * 1024
const retryMs = [0, 1000, 3000, 5000, 10_000]

/** Where and when a picture was taken, as the page knows. */
export interface Taken {
  takenAt?: string
  location?: { type: 'Point'; coordinates: [number, number] }
  accuracyM?: number
}

/**
 * Sends a file, going on where an earlier try broke off, and claims it under `key`: repeated, it is the
 * same photo. Resolves to the server's receipt.
 */
export async function sendFile(
  file: File,
  { key, of, taken }: { key: string; of: PhotoPlace; taken?: Taken | undefined },
  onProgress: (share: number) => void,
): Promise<Photo> {
  const upload = await sent(file, onProgress)
  const sha256 = await hashOf(file)
  const json = { key, upload, name: file.name, ...of, ...taken, ...(sha256 ? { sha256 } : {}) }
  return parseResponse(api.photo.$post({ json }))
}

/** Id of the complete upload. */
function sent(file: File, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/photo/upload',
      chunkSize: chunkBytes,
      retryDelays: retryMs,
      removeFingerprintOnSuccess: true,
      onProgress: (done, all) => onProgress(all === 0 ? 1 : done / all),
      onError: (error) => reject(refusal(error)),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
    })
    upload
      .findPreviousUploads()
      .then(([earlier]) => {
        if (earlier) upload.resumeFromPreviousUpload(earlier)
        upload.start()
      })
      .catch(reject)
  })
}

/** The server's own sentence where it answered, else what the browser says of the network. */
function refusal(error: Error): Error {
  const body =
    'originalResponse' in error && (error.originalResponse as { getBody(): string } | null)
  if (!body) return new TypeError('fetch failed', { cause: error })
  try {
    return new Error(JSON.parse(body.getBody()).error.message, { cause: error })
  } catch {
    return error
  }
}

/** Browsers hash only on secure pages; elsewhere the receipt alone says what was received. */
async function hashOf(file: File): Promise<string | null> {
  if (!globalThis.crypto.subtle) return null
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
