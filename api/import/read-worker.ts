/*
 * The thread in which a file is read (read-in-worker.ts starts it).
 */
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { Sheet, Source } from './cell.ts'
import { ImportFailure } from './failure.ts'
import { readSource } from './read-source.ts'

export interface Work {
  bytes: Uint8Array
  fileName: string
  crs: string
}

export type Answer =
  | { head: Source }
  | ({ sheet: number } & Pick<Sheet, 'rows' | 'numbers' | 'shapes'>)
  | { end: true }
  | { failure: { code: string; sentence: string } }

const PORTION = 4000

async function answer({ bytes, fileName, crs }: Work): Promise<void> {
  try {
    const source = readSource(bytes, fileName, crs)
    await tell({ head: { ...source, sheets: source.sheets.map(emptied) } })
    for (const [index, sheet] of source.sheets.entries()) {
      for (let from = 0; from < sheet.rows.length; from += PORTION) {
        await tell({ sheet: index, ...portionOf(sheet, from, from + PORTION) })
      }
    }
    parentPort?.postMessage({ end: true } satisfies Answer)
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error
    const { code, message } = error
    const sentence = message.slice(code.length + ': '.length)
    parentPort?.postMessage({ failure: { code, sentence } } satisfies Answer)
  }
}

async function tell(portion: Answer): Promise<void> {
  if (!parentPort) return
  const taken = once(parentPort, 'message')
  parentPort.postMessage(portion)
  await taken
}

function emptied(sheet: Sheet): Sheet {
  return { ...sheet, rows: [], numbers: [], ...(sheet.shapes && { shapes: [] }) }
}

function portionOf(sheet: Sheet, from: number, to: number) {
  return {
    rows: sheet.rows.slice(from, to),
    numbers: sheet.numbers.slice(from, to),
    ...(sheet.shapes && { shapes: sheet.shapes.slice(from, to) }),
  }
}

await answer(workerData as Work)
