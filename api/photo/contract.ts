import { z } from 'zod'
import { AsOf, Id, Instant, LineText, PointGeometry, QueryId } from '../http/contract.ts'

/** 照片与文件: what shows that something is so. A photo is kept as an image, a file as it came. */
export const PhotoKind = z.enum(['photo', 'file'])
export type PhotoKind = z.infer<typeof PhotoKind>
export const PhotoNoun = z.enum(['report', 'issue', 'milestone', 'project'])
export type PhotoNoun = z.infer<typeof PhotoNoun>

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: '应为 64 位十六进制的 SHA-256' })

export const Photo = z.object({
  id: Id,
  key: z.uuid(),
  kind: PhotoKind,
  noun: PhotoNoun,
  /** Null while the report that it belongs to is still to be filed. */
  rowId: Id.nullable(),
  projectId: Id.nullable(),
  name: z.string(),
  /** Media type of what is kept, by content. */
  type: z.string(),
  /** SHA-256 of the bytes as they came in: the receipt. */
  sha256: Sha256,
  sizeBytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  takenAt: Instant.nullable(),
  location: PointGeometry.nullable(),
  accuracyM: z.number().nullable(),
  /** Who says where it was taken: the page that took it, or the image's own record. */
  positionBy: z.enum(['page', 'image']).nullable(),
  sender: z.string(),
  sentAt: Instant,
  /** On how many other projects the same image stands. */
  elsewhere: z.number().int(),
})
export type Photo = z.infer<typeof Photo>
export const PhotoList = z.object({ rows: z.array(Photo) })

/** GET /photo: of one row (`noun` and `row`), of a report to be filed (`reportKey`), or of a project. */
export const PhotoFilter = z
  .strictObject({
    noun: PhotoNoun.optional(),
    row: QueryId.optional(),
    reportKey: z.uuid().optional(),
    project: QueryId.optional(),
    asOf: AsOf.shape.asOf,
  })
  .refine(
    ({ noun, row, reportKey, project }) =>
      (noun !== undefined && row !== undefined) || reportKey !== undefined || project !== undefined,
    { error: '请说明是哪一处的照片：noun 和 row，或 reportKey，或 project' },
  )

/** GET /photo/upload/:id: how much of an upload has come in. */
export const UploadState = z.object({
  receivedBytes: z.number().int(),
  sizeBytes: z.number().int(),
})
export type UploadState = z.infer<typeof UploadState>

/**
 * POST /photo: takes an upload (POST /photo/upload, tus 1.0) that is complete, looks at its content and
 * keeps it. `key` is the photo's own UUID: the same key again is the same photo (200). It belongs to a
 * row, or to the report that will be filed under `reportKey` for `projectId`.
 */
export const PhotoInput = z
  .strictObject({
    key: z.uuid(),
    /** Id of the upload: the last part of its address. */
    upload: z.uuid(),
    /** Of the whole file, where the sender could work it out: a damaged upload is told apart. */
    sha256: Sha256.optional(),
    name: LineText.max(200),
    noun: PhotoNoun,
    rowId: Id.optional(),
    reportKey: z.uuid().optional(),
    projectId: Id.optional(),
    /** As the page knew it when the picture was taken. */
    takenAt: Instant.optional(),
    location: PointGeometry.optional(),
    accuracyM: z.number().min(0).max(100_000).optional(),
  })
  .refine(
    ({ noun, rowId, reportKey, projectId }) =>
      rowId !== undefined ||
      (noun === 'report' && reportKey !== undefined && projectId !== undefined),
    {
      error: '请说明属于哪一条记录：rowId；还没有提交的填报用 reportKey 和 projectId',
      path: ['rowId'],
    },
  )
export type PhotoInput = z.infer<typeof PhotoInput>

/** GET /photo/:id/content: the whole, or a small image of it. */
export const PhotoContent = z.object({ size: z.enum(['full', 'small']).default('full') })
