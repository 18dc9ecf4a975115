/*
 * Near-duplicates by name: Dice coefficient of character bigrams (Dice 1945) at 0.8 or more within
 * a unit, or the same name in another unit. Numbers and phases must agree: 一期 and 二期 are two
 * projects. Candidates come from an index of the rarest bigrams, so that a hundred thousand names
 * need no comparison of each with each.
 */
import type { Known, ProjectIndex } from './project-index.ts'
import { plainName } from './unit-index.ts'

export interface Similar {
  code: string
  name: string
  score: number
}

const LEAST = 0.8
const LISTED = 3
const BUDGET = 5_000_000
const NUMERALS =
  /[〇零一二三四五六七八九十百]+(?=期|号|标段|标|段|批|区块|座|栋|部分|阶段|组团|#)|\d+(?:\.\d+)?|[a-z](?=区|座|栋|地块|标)/g
const DIGIT: ReadonlyMap<string, string> = new Map(
  ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].map((text, i) => [
    text,
    String(i + 1),
  ]),
)

interface Name {
  known: Known
  grams: ReadonlySet<string>
  numerals: string
}

export interface SimilarFinder {
  /** Existing projects that may be the one named, best first; never the one of the same code. */
  find(name: string, unitId: number): Similar[]
  /** False once the budget of comparisons was spent: later rows were not compared. */
  complete(): boolean
}

/** Looks for names like a given one among the projects of its unit, within a budget for the file. */
export function similarFinder(index: ProjectIndex): SimilarFinder {
  const units = new Map<number, Map<string, Name[]>>()
  let budget = BUDGET
  const prepare = (unitId: number): Map<string, Name[]> => {
    const postings = new Map<string, Name[]>()
    for (const known of index.all) {
      if (known.unitId !== unitId) continue
      const name = { known, ...read(known.name) }
      for (const gram of name.grams) {
        const list = postings.get(gram)
        if (list) list.push(name)
        else postings.set(gram, [name])
      }
    }
    units.set(unitId, postings)
    return postings
  }
  return {
    complete: () => budget > 0,
    find: (text, unitId) => {
      const found = new Map<string, Similar>()
      for (const { code, name } of index.byName.get(plainName(text)) ?? []) {
        found.set(code, { code, name, score: 1 })
      }
      if (budget > 0) {
        const wanted = read(text)
        const postings = units.get(unitId) ?? prepare(unitId)
        for (const name of nearIn(postings, wanted.grams)) {
          budget -= 1
          const score = dice(wanted.grams, name.grams)
          if (score < LEAST || name.numerals !== wanted.numerals) continue
          const { code } = name.known
          if (!found.has(code)) found.set(code, { code, name: name.known.name, score })
        }
      }
      return [...found.values()].sort((a, b) => b.score - a.score).slice(0, LISTED)
    },
  }
}

/** Dice coefficient of the bigrams of two names, 0 to 1; 0 where their numbers differ. */
export function nameSimilarity(one: string, other: string): number {
  const [a, b] = [read(one), read(other)]
  return a.numerals === b.numerals ? dice(a.grams, b.grams) : 0
}

/**
 * Names that share one of the rarest bigrams. With Dice ≥ 0.8, at least 2/3 of the bigrams of
 * either name are shared, so one of any third of them (plus one) is.
 */
function nearIn(postings: ReadonlyMap<string, Name[]>, grams: ReadonlySet<string>): Set<Name> {
  const lists = [...grams].map((gram) => postings.get(gram) ?? [])
  lists.sort((a, b) => a.length - b.length)
  return new Set(lists.slice(0, Math.floor(grams.size / 3) + 1).flat())
}

function read(text: string): { grams: ReadonlySet<string>; numerals: string } {
  const plain = plainName(text)
  const numerals = (plain.match(NUMERALS) ?? []).map((part) => DIGIT.get(part) ?? part)
  const letters = plain.replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/(?<=.{4})(项目|工程)$/, '')
  const grams = new Set<string>()
  for (let at = 0; at + 1 < letters.length; at++) grams.add(letters.slice(at, at + 2))
  if (letters.length === 1) grams.add(letters)
  return { grams, numerals: [...numerals].sort().join(',') }
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const gram of a) if (b.has(gram)) shared += 1
  return (2 * shared) / (a.size + b.size)
}
