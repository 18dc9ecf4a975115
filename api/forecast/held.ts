import type { View } from '../db/as-of.ts'
import type { Deps, Live } from '../deps.ts'
import { scopeKey } from '../person/scope.ts'
import type { Scope } from '../person/viewer.ts'
import type { YearForecast } from './contract.ts'

interface Held {
  seq: number
  answer: Promise<YearForecast>
}

/** So many answers are held at a time; the oldest makes room. */
const most = 200
const held = new WeakMap<Live, Map<string, Held>>()

/**
 * The answer for one scope, place and day, made once for all pages that ask between two commits. What
 * failed is not kept.
 */
export function heldForecast(
  { live }: Pick<Deps, 'live'>,
  scope: Scope,
  view: View,
  where: object,
  make: () => Promise<YearForecast>,
): Promise<YearForecast> {
  if (!live) return make()
  const answers = held.get(live) ?? new Map<string, Held>()
  held.set(live, answers)
  const key = `${scopeKey(scope)} ${JSON.stringify([view, where])}`
  const known = answers.get(key)
  if (known && known.seq === live.seq) return known.answer
  const answer = make()
  answers.delete(key)
  answers.set(key, { seq: live.seq, answer })
  answer.catch(() => answers.delete(key))
  for (const oldest of answers.keys()) {
    if (answers.size <= most) break
    answers.delete(oldest)
  }
  return answer
}
