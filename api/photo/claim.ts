import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { again } from '../db/retry.ts'
import { authorOf } from '../http/guard.ts'
import { Turns } from '../http/turns.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import type { Photo, PhotoInput } from './contract.ts'
import type { PhotoStore } from './store.ts'
import type { Uploads } from './upload.ts'
import { keepPhoto, keptBefore } from './write.ts'

/** Images are decoded in threads of their own, each up to half a gigabyte. */
const atOnce = 2
const waiting = 50
const patienceMs = 60_000

export interface Claimed {
  photo: Photo
  /** False where it had been received before. */
  created: boolean
}

/** Makes photos of complete uploads, a few at a time. */
export class Claims {
  readonly #db: Database
  readonly #store: PhotoStore
  readonly #uploads: Uploads
  readonly #turns = new Turns(atOnce, waiting, patienceMs)

  constructor(db: Database, store: PhotoStore, uploads: Uploads) {
    this.#db = db
    this.#store = store
    this.#uploads = uploads
  }

  /** @throws ApiFailure 503 `SERVER_BUSY`, and those of Uploads.look and keepPhoto. */
  async take(c: Context, input: PhotoInput): Promise<Claimed> {
    const known = await this.#known(c, input)
    if (known) return known
    try {
      return await this.#turns.take(() => this.#make(c, input), c.req.raw.signal)
    } catch (error) {
      // Another delivery of the same may have used the upload up meanwhile.
      const made = await this.#known(c, input)
      if (made) return made
      throw error
    }
  }

  async #known(c: Context, input: PhotoInput): Promise<Claimed | null> {
    const photo = await this.#db.read(askerOf(c), (tx) => keptBefore(tx, input))
    return photo ? { photo, created: false } : null
  }

  async #make(c: Context, input: PhotoInput): Promise<Claimed> {
    const looked = await this.#uploads.look(c, input)
    const { id, name } = viewerOf(c)
    const what = { store: this.#store, input, looked }
    const claimed = await again(() =>
      this.#db.transact(authorOf(c, '上传照片或文件'), (tx) => keepPhoto(tx, what, { id, name })),
    )
    await this.#uploads.forget(c, input.upload)
    return claimed
  }
}
