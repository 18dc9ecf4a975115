import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import { viewOf } from '../city/view.ts'
import type { Deps } from '../deps.ts'
import { receiveJson } from '../http/body.ts'
import { ById } from '../http/contract.ts'
import { describe, unchanged } from '../http/describe.ts'
import { matches } from '../http/encoding.ts'
import { authorOf } from '../http/guard.ts'
import { validate } from '../http/validate.ts'
import { askerOf, viewerOf } from '../http/viewer.ts'
import { Claims } from './claim.ts'
import { Photo, PhotoContent, PhotoFilter, PhotoInput, PhotoList, UploadState } from './contract.ts'
import { contentOf, listPhotos } from './queries.ts'
import { PhotoStore } from './store.ts'
import { Uploads } from './upload.ts'
import { withdrawPhoto } from './write.ts'

const receiveMs = 10_000

const protocol = 'tus 1.0 协议（tus.io）'
const Nothing = z.string()

/** Photos and files; uploads have a limit of their own and are no JSON, so they come before its checks. */
export const photoRoutes = ({ db, env }: Deps) => {
  const store = new PhotoStore(env.ONEMAP_DATA)
  const uploads = new Uploads(db, store)
  const claims = new Claims(db, store, uploads)
  return new Hono()
    .post(
      '/upload',
      describe({ tag: '照片与文件', summary: `开始一个可续传的上传：${protocol}` }, Nothing),
      (c) => uploads.answer(c),
    )
    .get(
      '/upload/:id',
      describe({ tag: '照片与文件', summary: `已收到多少字节；HEAD 按 ${protocol}` }, UploadState),
      // The protocol's server would answer GET with the bytes, which nobody has looked at yet.
      async (c) =>
        c.req.method === 'HEAD'
          ? uploads.answer(c)
          : c.json(await uploads.stateOf(c, c.req.param('id')), 200),
    )
    .patch(
      '/upload/:id',
      describe({ tag: '照片与文件', summary: `续传：${protocol}` }, Nothing),
      (c) => uploads.answer(c),
    )
    .use(receiveJson(receiveMs))
    .get(
      '/',
      describe(
        { tag: '照片与文件', summary: '一条记录或一个项目的照片与文件，最新的在前' },
        PhotoList,
      ),
      validate('query', PhotoFilter),
      async (c) => {
        const { asOf, ...where } = c.req.valid('query')
        const until = (await viewOf(db, asOf)).asOf
        const rows = await db.read(askerOf(c), (tx) => listPhotos(tx, { ...where, until }))
        return c.json({ rows }, 200)
      },
    )
    .post(
      '/',
      describe(
        {
          tag: '照片与文件',
          summary: '收下一个传完的上传：按内容辨认，图片重新编码，回答里的 sha256 是回执',
          status: 201,
          also: { 200: { description: '同一 key 此前已收到', same: true } },
        },
        Photo,
      ),
      validate('json', PhotoInput),
      async (c) => {
        const { photo, created } = await claims.take(c, c.req.valid('json'))
        return created ? c.json(photo, 201) : c.json(photo, 200)
      },
    )
    .delete(
      '/:id',
      describe({ tag: '照片与文件', summary: '撤回自己还没有随填报提交的照片或文件' }, ById),
      validate('param', ById),
      async (c) => {
        const { id } = c.req.valid('param')
        const sender = viewerOf(c).id
        await db.transact(authorOf(c, '撤回照片或文件'), (tx) => withdrawPhoto(tx, id, sender))
        return c.json({ id }, 200)
      },
    )
    .get(
      '/:id/content',
      describe(
        { tag: '照片与文件', summary: '图片或文件本身', type: '*/*', also: unchanged },
        Nothing,
      ),
      validate('param', ById),
      validate('query', PhotoContent),
      async (c) => {
        const { size } = c.req.valid('query')
        const photo = await db.read(askerOf(c), (tx) => contentOf(tx, c.req.valid('param').id))
        const wanted = photo.kind === 'photo' ? size : 'full'
        const tag = `"${photo.keptSha256}-${wanted}"`
        if (matches(c.req.header('if-none-match'), tag)) return c.body(null, 304, { ETag: tag })
        const { stream, bytes } = await store.read(photo.keptSha256, wanted)
        return c.body(Readable.toWeb(stream) as ReadableStream, 200, {
          ...headersOf(photo),
          'Content-Length': String(bytes),
          ETag: tag,
        })
      },
    )
}

/** Only what was written anew here is shown in a page; nothing that is served may run anything. */
function headersOf({ kind, type, name }: { kind: string; type: string; name: string }) {
  const shown = kind === 'photo' ? 'inline' : 'attachment'
  return {
    'Content-Type': type,
    'Content-Disposition': `${shown}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-cache, no-transform',
  }
}
