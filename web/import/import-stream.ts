import type { ImportLine, ImportNoun, ImportReport } from 'api/import/contract'
import { request as send } from '../shell/request.ts'

export interface ImportRequest {
  file: File
  /** Null: the file's headers say what it holds. */
  as: ImportNoun | null
  crs: string
  /** Year for values that leave it out; null: such values are refused. */
  year: number | null
  dryRun: boolean
  partial: boolean
}

export interface Progress {
  step: string
  done: number
  total: number | null
}

/** What the server refused as a whole: `code` is stable, `message` a sentence for people. */
export class ImportFailure extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Sends a file to the importer and follows its progress to the report.
 * @throws ImportFailure when the file cannot be read at all, or the answer ends without a report.
 */
export async function importFile(
  request: ImportRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<ImportReport> {
  const response = await send(`/api/import?${queryOf(request)}`, {
    method: 'POST',
    body: request.file,
    headers: { 'content-type': 'application/octet-stream' },
    signal,
  })
  if (!response.ok || !response.body) throw await refusal(response)
  for await (const line of linesOf(response.body)) {
    const parsed = JSON.parse(line) as ImportLine
    if ('progress' in parsed) onProgress(parsed.progress)
    else if ('report' in parsed) return parsed.report
    else throw new ImportFailure(parsed.error.code, parsed.error.message)
  }
  throw new ImportFailure('NETWORK', '')
}

function queryOf(request: ImportRequest): URLSearchParams {
  const query = new URLSearchParams({
    fileName: request.file.name,
    crs: request.crs,
    dryRun: String(request.dryRun),
    partial: String(request.partial),
  })
  if (request.as !== null) query.set('as', request.as)
  if (request.year !== null) query.set('year', String(request.year))
  return query
}

async function refusal(response: Response): Promise<ImportFailure> {
  try {
    const body = (await response.json()) as { error: { code: string; message: string } }
    return new ImportFailure(body.error.code, body.error.message)
  } catch {
    return new ImportFailure(`HTTP_${response.status}`, response.statusText)
  }
}

/** The complete lines of a stream; a last one without its line feed counts too. */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    const parts = (rest + decoder.decode(value, { stream: !done })).split('\n')
    rest = done ? '' : (parts.pop() ?? '')
    for (const part of parts) if (part.trim() !== '') yield part
    if (done) return
  }
}
