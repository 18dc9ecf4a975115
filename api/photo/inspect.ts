import { fileTypeFromBuffer } from 'file-type'
import { type ApiFailure, fieldFailure } from '../http/failure.ts'
import { checkArchive } from './archive.ts'
import type { PhotoKind } from './contract.ts'

export interface Inspected {
  kind: PhotoKind
  /** Media type and extension by content. */
  type: string
  extension: string
}

const photos: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}
const office = 'application/vnd.openxmlformats-officedocument'
const documents: Record<string, string> = {
  'application/pdf': 'pdf',
  [`${office}.wordprocessingml.document`]: 'docx',
  [`${office}.spreadsheetml.sheet`]: 'xlsx',
  [`${office}.presentationml.presentation`]: 'pptx',
}
/** What people send in good faith and we do not take, with what to do about it. */
const advice: Record<string, string> = {
  'image/heic': '请在手机相机设置里选“兼容性最佳”，或另存为 JPEG',
  'image/heif': '请在手机相机设置里选“兼容性最佳”，或另存为 JPEG',
  'application/x-cfb': '请用 WPS 或 Office 另存为 docx、xlsx、pptx 或 PDF',
  'application/zip': '请解压后逐个上传',
}
const taken = 'JPEG、PNG、WebP 图片，PDF、docx、xlsx、pptx、OFD 文件'

/**
 * What a file is by its content, whatever it is called. What runs as a program or a page (SVG, HTML,
 * macros) is none of what is taken.
 * @throws ApiFailure 415 `FILE_TYPE`, 422 `FILE_INFLATES`, 422 `FILE_DAMAGED`.
 */
export async function inspect(bytes: Uint8Array, name: string): Promise<Inspected> {
  if (bytes.length === 0) throw fieldFailure(422, 'FILE_DAMAGED', `“${name}”是空的`, 'name', name)
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const type: string = found?.mime ?? 'application/octet-stream'
  const photo = photos[type]
  if (photo !== undefined) return { kind: 'photo', type, extension: photo }
  const isPacked = type.startsWith(office) || type === 'application/zip'
  const names = isPacked ? await checkArchive(bytes, name) : []
  if (names.some((one) => /(^|\/)vbaProject\.bin$/i.test(one)))
    throw refused(name, '含有宏，请另存为不带宏的文件')
  // The national format of official documents (GB/T 33190) is an archive too.
  if (type === 'application/zip' && names.includes('OFD.xml'))
    return { kind: 'file', type: 'application/ofd', extension: 'ofd' }
  const document = documents[type]
  if (document !== undefined) return { kind: 'file', type, extension: document }
  const what = found ? `内容是 ${found.ext.toUpperCase()}，` : '的内容认不出，'
  throw refused(name, `${what}${advice[type] ?? `能收的是${taken}`}`)
}

function refused(name: string, why: string): ApiFailure {
  return fieldFailure(415, 'FILE_TYPE', `“${name}”${why}`, 'name', name)
}

/** The name with the extension that its content has. */
export function namedAs(name: string, extension: string): string {
  const own = name.split(/[\\/]/).at(-1) ?? name
  const ends = extension === 'jpg' ? /\.jpe?g$/i : new RegExp(`\\.${extension}$`, 'i')
  return ends.test(own) ? own : `${own.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${extension}`
}
