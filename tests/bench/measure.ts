/**
 * Timing for the measuring programs: each figure is the minimum, the median and the spread (from
 * the 10th to the 90th percentile, as a share of the median) of several runs in milliseconds.
 */
import { performance } from 'node:perf_hooks'

/** One figure of the report, in milliseconds; `spread` is a share of the median, 0.1 = 10 %. */
export interface Measurement {
  name: string
  runs: number
  min: number
  median: number
  spread: number
}

/** Something to time; what it returns is awaited and thrown away. */
export interface Candidate {
  name: string
  fn: () => unknown
}

/** Runs `fn` once unmeasured and `runs` times measured, prints the figure and returns it. */
export async function measure(name: string, runs: number, fn: () => unknown): Promise<Measurement> {
  const [only] = await sideBySide([{ name, fn }], runs)
  if (!only) throw new Error('MEASURE_EMPTY: nothing was measured')
  return only
}

/**
 * Measures the candidates in turn, A B A B …, so that a machine that slows down slows all of them.
 * Prints one line each, with its median as a multiple of the first one's, and returns them in order.
 */
export async function sideBySide(candidates: Candidate[], runs = 20): Promise<Measurement[]> {
  const times = candidates.map((): number[] => [])
  for (const { fn } of candidates) await fn()
  for (let run = 0; run < runs; run++) {
    for (const [index, { fn }] of candidates.entries()) {
      const began = performance.now()
      await fn()
      times[index]?.push(performance.now() - began)
    }
  }
  const measured = candidates.map(({ name }, index) => summarise(name, times[index] ?? []))
  for (const one of measured) console.log(line(one, measured[0]))
  return measured
}

/** Prints one line of times in milliseconds that were taken elsewhere, and returns the figure. */
export function figure(name: string, times: number[]): Measurement {
  const one = summarise(name, times)
  console.log(line(one, undefined))
  return one
}

function summarise(name: string, times: number[]): Measurement {
  const sorted = times.toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const spread = (quantile(sorted, 0.9) - quantile(sorted, 0.1)) / median
  return { name, runs: times.length, min: quantile(sorted, 0), median, spread }
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
}

function line(one: Measurement, first: Measurement | undefined): string {
  const times = [one.min, one.median].map((time) => `${time.toFixed(2)} ms`.padStart(13))
  const ratio = first && first !== one ? `  ×${(one.median / first.median).toFixed(2)}` : ''
  return `${one.name.padEnd(40)} min${times[0]}  median${times[1]}  spread ${(one.spread * 100).toFixed(0).padStart(3)} %  (${one.runs} runs)${ratio}`
}
