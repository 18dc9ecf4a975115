/*
 * Archives (docx, xlsx, pptx, OFD) are inflated as whoever opens them would, piece by piece and without
 * keeping anything, so that no directory can lie about what they grow to.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { Unzip, UnzipInflate } from 'fflate'
import { type ApiFailure, fieldFailure } from '../http/failure.ts'

const inflatedMax = 300 * 1024 * 1024
const ratioMax = 100
/** Below this size a high ratio is harmless: an empty styled sheet compresses a hundredfold too. */
const ratioFrom = 8 * 1024 * 1024
const entriesMax = 5000
/** Inflated at a time: a thousandfold at most, before others have their turn. */
const pieceBytes = 8 * 1024

/**
 * Looks into an archive and returns the names of its entries.
 * @throws ApiFailure 422 `FILE_INFLATES`, 422 `FILE_DAMAGED`.
 */
export async function checkArchive(bytes: Uint8Array, name: string): Promise<string[]> {
  const names: string[] = []
  let inflated = 0
  let fault: ApiFailure | null = null
  const unzip = new Unzip((entry) => {
    names.push(entry.name)
    entry.ondata = (error, chunk) => {
      if (error) fault ??= damaged(name)
      inflated += chunk?.length ?? 0
    }
    if (entry.compression === 0 || entry.compression === 8) entry.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length && fault === null; at += pieceBytes) {
    const end = Math.min(at + pieceBytes, bytes.length)
    try {
      unzip.push(bytes.subarray(at, end), end === bytes.length)
    } catch {
      fault = damaged(name)
    }
    if (isBomb(inflated, bytes.length, names.length)) fault = bomb(name, inflated, bytes.length)
    if (inflated > ratioFrom) await breathe()
  }
  if (fault) throw fault
  return names
}

const isBomb = (inflated: number, packed: number, entries: number) =>
  inflated > inflatedMax ||
  entries > entriesMax ||
  (inflated > ratioFrom && inflated > packed * ratioMax)

function bomb(name: string, inflated: number, packed: number): ApiFailure {
  const message = `“${name}”解开后过大（${Math.ceil(packed / 1024)} KB 已解出 ${Math.round(inflated / 1_048_576)} MB），最多 ${ratioMax} 倍、${inflatedMax / 1_048_576} MB、${entriesMax} 个文件`
  return fieldFailure(422, 'FILE_INFLATES', message, 'name', name)
}

const damaged = (name: string) =>
  fieldFailure(422, 'FILE_DAMAGED', `“${name}”打不开，可能没有传完整`, 'name', name)
