import type { Query } from '../db/sql.ts'
import { notFound } from '../http/failure.ts'
import type { Photo, PhotoNoun } from './contract.ts'

/** Shows so many at most: a project's whole life. */
const most = 500

interface Wanted {
  id?: number
  key?: string
  noun?: PhotoNoun | undefined
  row?: number | undefined
  reportKey?: string | undefined
  project?: number | undefined
  /** Sent up to then; absent: up to now. */
  until?: string | null
}

/**
 * Photos and files, newest first. Those of a report that is still to be filed are found by its key
 * alone, and stand in no list.
 */
export function listPhotos(sql: Query, where: Wanted): Promise<Photo[]> {
  const { id, key, noun, row, reportKey, project, until } = where
  const only = (column: string, value: string | number | undefined) =>
    value === undefined ? sql`` : sql`and ${sql(column)} = ${value}`
  const isNamed = id !== undefined || key !== undefined || reportKey !== undefined
  return sql<Photo[]>`
    select id, key, kind, noun, row_id, project_id, name, type, sha256, size_bytes, width, height,
           taken_at, st_asgeojson(location)::json as location, accuracy_m, position_by, sender, sent_at,
           photo_elsewhere(sha256, kept_sha256, project_id) as elsewhere
      from photo
     where ${isNamed ? sql`true` : sql`row_id is not null`}
       ${only('id', id)} ${only('key', key)} ${only('noun', noun)} ${only('row_id', row)}
       ${only('report_key', reportKey)} ${only('project_id', project)}
       ${until ? sql`and sent_at <= ${until}::timestamptz` : sql``}
     order by id desc limit ${most}`
}

/** What the content of one is served by. @throws ApiFailure 404 `PHOTO_NOT_FOUND`. */
export async function contentOf(
  sql: Query,
  id: number,
): Promise<Pick<Photo, 'kind' | 'name' | 'type'> & { keptSha256: string }> {
  const [photo] = await sql<(Pick<Photo, 'kind' | 'name' | 'type'> & { keptSha256: string })[]>`
    select kind, name, type, kept_sha256 from photo where id = ${id}`
  if (!photo) throw notFound('photo', '照片或文件', id)
  return photo
}
