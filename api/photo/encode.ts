/*
 * Images are decoded and written anew: what is kept holds pixels and nothing else, whatever was hidden
 * in the file, and where and when it was taken is read out before.
 */
import exifReader from 'exif-reader'
import sharp from 'sharp'
import { fieldFailure } from '../http/failure.ts'

const pixelsMax = 100_000_000
const sideMax = 4096
const smallSide = 480
const quality = 85
/** For one image; a photo of 50 million pixels takes two. */
const limitS = 30

sharp.cache(false)
// Other formats' loaders are closed: none of what they read is taken.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})

export interface Encoded {
  full: Buffer
  small: Buffer
  width: number
  height: number
  takenAt: Date | null
  position: [lon: number, lat: number] | null
}

/**
 * @throws ApiFailure 422 `IMAGE_TOO_LARGE` by its pixels, before any is decoded; 422 `FILE_DAMAGED`.
 */
export async function encode(bytes: Uint8Array, name: string): Promise<Encoded> {
  const open = () => sharp(bytes, { limitInputPixels: false, failOn: 'error' })
  try {
    const head = await open().metadata()
    const pixels = head.width * head.height
    if (pixels > pixelsMax) throw tooLarge(name, head)
    const { data: full, info } = await open()
      .timeout({ seconds: limitS })
      .autoOrient()
      .resize({ width: sideMax, height: sideMax, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true })
    const small = await sharp(full)
      .resize({ width: smallSide, height: smallSide, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer()
    return { full, small, width: info.width, height: info.height, ...recordOf(head.exif) }
  } catch (error) {
    if (error instanceof Error && error.name === 'ApiFailure') throw error
    throw fieldFailure(422, 'FILE_DAMAGED', `图片“${name}”打不开，可能没有传完整`, 'name', name)
  }
}

function tooLarge(name: string, { width, height }: { width: number; height: number }) {
  const message = `图片“${name}”有 ${width}×${height} 个像素，最多 ${pixelsMax / 10_000} 万`
  return fieldFailure(422, 'IMAGE_TOO_LARGE', message, 'name', name)
}

/** What a camera wrote beside the pixels, as far as it can be read. */
function recordOf(exif: Buffer | undefined): Pick<Encoded, 'takenAt' | 'position'> {
  const nothing = { takenAt: null, position: null }
  if (exif === undefined) return nothing
  try {
    const { Photo, GPSInfo } = exifReader(exif)
    return {
      takenAt: instantOf(Photo?.DateTimeOriginal, Photo?.OffsetTimeOriginal),
      position: positionOf(GPSInfo),
    }
  } catch {
    return nothing
  }
}

/** Cameras write local time; without an offset it is China's. The reader takes it for UTC. */
function instantOf(local: unknown, offset: unknown): Date | null {
  if (!(local instanceof Date) || Number.isNaN(local.getTime())) return null
  const [, sign = '+', hours = '08', minutes = '00'] =
    /^([+-])(\d\d):(\d\d)/.exec(String(offset ?? '')) ?? []
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(local.getTime() - (sign === '-' ? -ms : ms))
}

function positionOf(gps: Record<string, unknown> | undefined): Encoded['position'] {
  const lat = degrees(gps?.['GPSLatitude'], gps?.['GPSLatitudeRef'] === 'S')
  const lon = degrees(gps?.['GPSLongitude'], gps?.['GPSLongitudeRef'] === 'W')
  if (lat === null || lon === null || (lat === 0 && lon === 0)) return null
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null
}

function degrees(value: unknown, isNegative: boolean): number | null {
  if (!Array.isArray(value) || value.length !== 3) return null
  const [whole = 0, minutes = 0, seconds = 0] = value.map(Number)
  const sum = whole + minutes / 60 + seconds / 3600
  if (!Number.isFinite(sum)) return null
  return isNegative ? -sum : sum
}
