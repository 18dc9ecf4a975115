import { createHash } from 'node:crypto'
import { positionFault } from 'geo/position'
import type { Transaction } from '../db/sql.ts'
import { ApiFailure, fieldFailure, notFound } from '../http/failure.ts'
import type { Photo, PhotoInput, PhotoNoun } from './contract.ts'
import { type Encoded, encode } from './encode.ts'
import { type Inspected, inspect, namedAs } from './inspect.ts'
import { listPhotos } from './queries.ts'
import type { PhotoStore } from './store.ts'

/** Shared by those who keep files, alone for the sweep: it must not take what is not yet written down. */
export const KEEPING_LOCK = 727_012

/** An upload looked at and, where it is an image, written anew. */
export interface Looked extends Inspected {
  name: string
  sha256: string
  keptSha256: string
  /** What is kept. */
  bytes: Uint8Array
  image: Encoded | null
}

/**
 * What an upload is, and what will be kept of it.
 * @throws ApiFailure those of inspect and encode, 422 `UPLOAD_DAMAGED`.
 */
export async function look(bytes: Uint8Array, input: PhotoInput): Promise<Looked> {
  const sha256 = hashOf(bytes)
  if (input.sha256 !== undefined && input.sha256 !== sha256) {
    const message = `“${input.name}”收到的内容与发出的不一致，请重新上传`
    throw fieldFailure(422, 'UPLOAD_DAMAGED', message, 'sha256', sha256)
  }
  const found = await inspect(bytes, input.name)
  if (found.kind === 'file') {
    const name = namedAs(input.name, found.extension)
    return { ...found, name, sha256, keptSha256: sha256, bytes, image: null }
  }
  const image = await encode(bytes, input.name)
  const kept = { type: 'image/jpeg', extension: 'jpg', bytes: image.full, image }
  return {
    kind: 'photo',
    name: namedAs(input.name, 'jpg'),
    sha256,
    keptSha256: hashOf(image.full),
    ...kept,
  }
}

/** Where a photo belongs, as far as who asks may see it. */
interface Place {
  rowId: number | null
  projectId: number | null
}

/**
 * Keeps the files and writes the photo down, in this order and in one transaction: a row never names a
 * file that is not there. The same key is the same photo.
 * @throws ApiFailure `<NOUN>_NOT_FOUND`, 409 `PHOTO_KEY_REUSED`, 422 `POSITION_INVALID`.
 */
export async function keepPhoto(
  tx: Transaction,
  { store, input, looked }: { store: PhotoStore; input: PhotoInput; looked: Looked },
  sender: { id: number | null; name: string },
): Promise<{ photo: Photo; created: boolean }> {
  const place = await placeOf(tx, input)
  const known = await keptBefore(tx, input)
  if (known) return { photo: known, created: false }
  await tx`select pg_advisory_xact_lock_shared(${KEEPING_LOCK})`
  await store.put(looked.keptSha256, 'full', looked.bytes)
  if (looked.image) await store.put(looked.keptSha256, 'small', looked.image.small)
  const { image } = looked
  const at = positionOf(input, image)
  const rows = await tx`
    insert into photo ${tx({
      key: input.key,
      kind: looked.kind,
      noun: input.noun,
      row_id: place.rowId,
      report_key: place.rowId === null ? (input.reportKey ?? null) : null,
      project_id: place.projectId,
      name: looked.name,
      type: looked.type,
      sha256: looked.sha256,
      kept_sha256: looked.keptSha256,
      size_bytes: looked.bytes.length,
      width: image?.width ?? null,
      height: image?.height ?? null,
      taken_at: input.takenAt ?? image?.takenAt?.toISOString() ?? null,
      accuracy_m: input.location ? (input.accuracyM ?? null) : null,
      sender_id: sender.id,
      sender: sender.name,
    })} on conflict (key) do nothing returning id`
  if (rows.length > 0 && at) {
    await tx`
      update photo set location = st_setsrid(st_makepoint(${at.position[0]}::float8, ${at.position[1]}::float8), 4326),
                       position_by = ${at.by}
       where key = ${input.key}`
  }
  const photo = await keptBefore(tx, input)
  if (!photo) throw keyReused(input)
  return { photo, created: rows.length > 0 }
}

/** The photo that was received under this key before. @throws ApiFailure 409 `PHOTO_KEY_REUSED`. */
export async function keptBefore(tx: Transaction, input: PhotoInput): Promise<Photo | null> {
  const [photo] = await listPhotos(tx, { key: input.key })
  if (!photo) return null
  if (photo.noun !== input.noun || (input.rowId ?? photo.rowId) !== photo.rowId) {
    throw keyReused(input)
  }
  return photo
}

function keyReused({ key }: PhotoInput): ApiFailure {
  const message = 'key 已用于另一张照片或另一个文件，每一个须有自己的 key'
  return fieldFailure(409, 'PHOTO_KEY_REUSED', message, 'key', key)
}

const words: Record<PhotoNoun, string> = {
  report: '填报',
  issue: '问题',
  milestone: '节点',
  project: '项目',
}

async function placeOf(tx: Transaction, input: PhotoInput): Promise<Place> {
  const { noun, rowId } = input
  if (rowId === undefined) return placeOfDraft(tx, input)
  const rows =
    noun === 'project'
      ? await tx<Place[]>`select id as row_id, id as project_id from project where id = ${rowId}`
      : await tx<Place[]>`select id as row_id, project_id from ${tx(noun)} where id = ${rowId}`
  const [place] = rows
  if (!place) throw notFound(noun, words[noun], rowId)
  return place
}

/** A report that was filed meanwhile takes what comes late under its key. */
async function placeOfDraft(tx: Transaction, { reportKey, projectId }: PhotoInput): Promise<Place> {
  const [project] = await tx`select id from project where id = ${projectId ?? 0}`
  if (!project) throw notFound('project', '项目', projectId ?? 0)
  const [report] = await tx<Place[]>`
    select id as row_id, project_id from report
     where key = ${reportKey ?? ''} and project_id = ${projectId ?? 0}`
  return report ?? { rowId: null, projectId: projectId ?? null }
}

/** The page's own word goes before what the image says: it was there. */
function positionOf(
  { location }: PhotoInput,
  image: Encoded | null,
): { position: [number, number]; by: 'page' | 'image' } | null {
  if (location === undefined) {
    return image?.position ? { position: image.position, by: 'image' } : null
  }
  const [lon, lat] = location.coordinates
  if (!positionFault(lon, lat)) return { position: [lon, lat], by: 'page' }
  const message = `坐标 [${lon}, ${lat}] 不是可用的经纬度，应为 [经度, 纬度]`
  throw fieldFailure(422, 'POSITION_INVALID', message, 'location', [lon, lat])
}

/** The photos that were sent for a report before it was filed become the report's. */
export async function attachPhotos(
  tx: Transaction,
  { key, projectId }: { key: string; projectId: number },
): Promise<void> {
  await tx`
    update photo set row_id = (select id from report where key = ${key})
     where report_key = ${key} and row_id is null and project_id = ${projectId}`
}

/**
 * Takes back a photo that its sender has not yet filed with a report. What is filed stays.
 * @throws ApiFailure 404 `PHOTO_NOT_FOUND`, 409 `PHOTO_FILED`.
 */
export async function withdrawPhoto(
  tx: Transaction,
  id: number,
  senderId: number | null,
): Promise<void> {
  const [photo] = await tx<{ rowId: number | null }[]>`
    select row_id from photo where id = ${id} and sender_id = ${senderId} for update`
  if (!photo) throw notFound('photo', '您上传的照片或文件', id)
  if (photo.rowId !== null) {
    throw new ApiFailure(409, 'PHOTO_FILED', '已随记录提交的照片和文件不能撤回，请另传一份更正')
  }
  await tx`delete from photo where id = ${id}`
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
