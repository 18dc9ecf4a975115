/*
 * Reads big files and every spreadsheet in a thread of its own, within limits of memory and time:
 * the server goes on answering, and a file that inflates beyond them ends the thread only.
 */
import { Worker } from 'node:worker_threads'
import type { Sheet, Source } from './cell.ts'
import { ImportFailure } from './failure.ts'
import { readSource } from './read-source.ts'
import type { Answer, Work } from './read-worker.ts'

const SMALL = 64 * 1024
const MEMORY_MB = 2048
const LIMIT_MS = 120_000

/**
 * Reads a file as readSource does.
 * @throws ImportFailure those of readSource, `FILE_TOO_COMPLEX`
 */
export async function readInWorker(
  bytes: Uint8Array,
  fileName: string,
  crs = 'auto',
): Promise<Source> {
  if (bytes.length <= SMALL && bytes[0] !== 0x50) return readSource(bytes, fileName, crs)
  const worker = new Worker(new URL('./read-worker.js', import.meta.url), {
    workerData: { bytes, fileName, crs } satisfies Work,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    execArgv: [],
  })
  const timer = setTimeout(() => worker.terminate(), LIMIT_MS)
  try {
    return await new Promise<Source>((resolve, reject) => collect(worker, resolve, reject))
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** Rows come in portions, each asked for when the one before is taken in. */
function collect(
  worker: Worker,
  resolve: (source: Source) => void,
  reject: (error: Error) => void,
): void {
  let source: Source | null = null
  worker.on('message', (answer: Answer) => {
    if ('failure' in answer) {
      reject(new ImportFailure(answer.failure.code, answer.failure.sentence))
    } else if ('head' in answer) source = answer.head
    else if ('end' in answer && source) return resolve(source)
    else if ('rows' in answer) append(source?.sheets[answer.sheet], answer)
    setImmediate(() => worker.postMessage('next'))
  })
  worker.once('error', (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooComplex() : error),
  )
  worker.once('exit', () => reject(tooComplex()))
}

function append(sheet: Sheet | undefined, portion: Pick<Sheet, 'rows' | 'numbers' | 'shapes'>) {
  for (const row of portion.rows) sheet?.rows.push(row)
  for (const number of portion.numbers) sheet?.numbers.push(number)
  for (const shape of portion.shapes ?? []) sheet?.shapes?.push(shape)
}

function tooComplex(): ImportFailure {
  return new ImportFailure(
    'FILE_TOO_COMPLEX',
    `文件读不完：超过 ${MEMORY_MB} MB 内存或 ${LIMIT_MS / 1000} 秒，请分成几个文件`,
  )
}
