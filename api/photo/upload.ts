/*
 * Uploads that can be broken off and resumed, by the tus protocol (https://tus.io, 1.0): the bytes come
 * in here, and become a photo when they are claimed (write.ts).
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { ApiFailure, fieldFailure } from '../http/failure.ts'
import { authorOf } from '../http/guard.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import type { PhotoInput, UploadState } from './contract.ts'
import type { PhotoStore } from './store.ts'
import { type Looked, look } from './write.ts'

export const largestBytes = 50 * 1024 * 1024
/** A person's uploads that are not claimed: beyond them something is wrong with the page. */
const openMax = 200

/** Answers the requests of the tus protocol for who is signed in; an upload is its beginner's alone. */
export class Uploads {
  readonly #db: Database
  readonly #store: PhotoStore
  readonly #files: FileStore
  readonly #tus: Server
  /** Whose request the protocol's server is answering. */
  readonly #contexts = new WeakMap<Request, Context>()

  constructor(db: Database, store: PhotoStore) {
    this.#db = db
    this.#store = store
    this.#files = new FileStore({ directory: store.coming })
    this.#tus = new Server({
      path: '/api/photo/upload',
      datastore: this.#files,
      maxSize: largestBytes,
      relativeLocation: true,
      allowedOrigins: [],
      namingFunction: () => randomUUID(),
      onUploadCreate: async (request, { id, size }) => {
        if (size === undefined) throw refusal(400, '请先说明文件大小（Upload-Length）')
        await this.#begin(this.#contextOf(request), id, size)
        return {}
      },
      onIncomingRequest: async (request, id) => {
        // One that begins has an id already, and is written down by onUploadCreate.
        if (request.method !== 'POST') await this.#check(this.#contextOf(request), id)
      },
    })
  }

  /**
   * @throws ApiFailure 404 `UPLOAD_NOT_FOUND`, 409 `UPLOAD_OFFSET`, 413 `FILE_TOO_BIG`, 423 `UPLOAD_BUSY`,
   * 429 `UPLOADS_OPEN`, 400 `UPLOAD_INVALID`.
   */
  async answer(c: Context): Promise<Response> {
    this.#contexts.set(c.req.raw, c)
    const response = await this.#tus.handleWeb(c.req.raw)
    if (response.status < 400) return response
    throw failureOf(response.status, (await response.text()).trim())
  }

  /**
   * What a complete upload of who asks is. One that cannot be taken is forgotten: it never will be.
   * @throws ApiFailure 404 `UPLOAD_NOT_FOUND`, 409 `UPLOAD_INCOMPLETE`, and those of look.
   */
  async look(c: Context, input: PhotoInput): Promise<Looked> {
    const bytes = await this.#bytesOf(c, input.upload)
    try {
      return await look(bytes, input)
    } catch (error) {
      if (error instanceof ApiFailure) await this.forget(c, input.upload)
      throw error
    }
  }

  /** @throws ApiFailure 404 `UPLOAD_NOT_FOUND`. */
  async stateOf(c: Context, id: string): Promise<UploadState> {
    await this.#check(c, id)
    const upload = await this.#files.getUpload(id).catch(() => null)
    if (!upload) throw unknownUpload(id)
    return { receivedBytes: upload.offset, sizeBytes: upload.size ?? 0 }
  }

  async #bytesOf(c: Context, id: string): Promise<Buffer> {
    const { receivedBytes, sizeBytes } = await this.stateOf(c, id)
    if (receivedBytes !== sizeBytes) {
      const message = `文件只传了 ${receivedBytes} 字节，共 ${sizeBytes} 字节，请传完再提交`
      throw fieldFailure(409, 'UPLOAD_INCOMPLETE', message, 'upload', id)
    }
    return readFile(join(this.#store.coming, id))
  }

  /** Forgets an upload that became a photo, or never can. */
  async forget(c: Context, id: string): Promise<void> {
    await this.#db.transact(
      authorOf(c, '上传完成'),
      (tx) => tx`delete from photo_upload where id = ${id}`,
    )
    await this.#files.remove(id).catch(() => {})
  }

  #contextOf(request: object): Context {
    const context = this.#contexts.get(request as Request)
    if (!context) throw new Error('UPLOAD_CONTEXT: a request that was not handed over by answer()')
    return context
  }

  async #begin(c: Context, id: string, size: number): Promise<void> {
    const { id: person } = viewerOf(c)
    if (person === null) throw refusal(403, '程序不能上传照片')
    await this.#db.transact(authorOf(c, '上传文件'), async (tx) => {
      const [open] = await tx<{ n: number }[]>`select count(*)::int as n from photo_upload`
      if ((open?.n ?? 0) >= openMax) throw refusal(429, `还有 ${openMax} 个文件没有传完，请先传完`)
      await tx`insert into photo_upload (id, person_id, size_bytes) values (${id}, ${person}, ${size})`
    })
  }

  async #check(c: Context, id: string): Promise<void> {
    const [own] = await this.#db.read(
      askerOf(c),
      (tx) => tx`select id from photo_upload where id = ${id}`,
    )
    if (!own) throw unknownUpload(id)
  }
}

/** As the protocol's server wants it told; `answer` makes a failure of it. */
const refusal = (status_code: number, body: string) =>
  Object.assign(new Error(body), { status_code, body })

function unknownUpload(id: string): Error {
  const message = '没有这个上传，可能已经完成或超过一天没有传完，请重新上传'
  const failure = fieldFailure(404, 'UPLOAD_NOT_FOUND', message, 'upload', id)
  return Object.assign(failure, { status_code: 404, body: message })
}

function failureOf(status: number, text: string): ApiFailure {
  const told: Record<number, [code: string, message: string]> = {
    403: ['FORBIDDEN', text],
    404: ['UPLOAD_NOT_FOUND', '没有这个上传，可能已经完成或超过一天没有传完，请重新上传'],
    409: ['UPLOAD_OFFSET', '续传的位置与已收到的不一致，请先询问已收到多少（HEAD）再续传'],
    410: ['UPLOAD_NOT_FOUND', '这个上传已经不在了，请重新上传'],
    413: ['FILE_TOO_BIG', `文件超过 ${largestBytes / 1_048_576} MB，请压缩或拆分后上传`],
    423: ['UPLOAD_BUSY', '同一个文件正在另一处上传，请稍后再试'],
    429: ['UPLOADS_OPEN', text],
  }
  const [code, message] = told[status] ?? [
    'UPLOAD_INVALID',
    `上传请求有误：${text || status}；请按 tus 1.0 协议`,
  ]
  return new ApiFailure((status === 410 ? 404 : status) as 400, code, message)
}
