/*
 * Works of past years that are finished, made up: what forecasts compare with. Each year begins with
 * a plan that spreads what is left over the time that is left, as if all went well from then on; what
 * is really done follows a pace of its own, the year's luck and the season.
 */
import { type Random, random } from 'geo/random'
import { allot } from './allot.ts'
import type { PackFiles } from './pack.ts'
import { day } from './schedule.ts'
import type { Row, Step } from './story.ts'

/** One finished project; months count from January of the archive's first year = 0. */
interface Works {
  totalWan: number
  firstMonth: number
  /** Months that the works were to take. */
  planned: number
  /** Months by which they began late. */
  startLate: number
  /** Planned months that a real one earns. */
  pace: number
}

/** One step: the archive is known before the year begins. */
export function archiveStep(pack: PackFiles): Step {
  const { archive, seed, codePrefix } = pack.recipe
  const rows = Array.from({ length: archive.count }, (_, index): Row[] => {
    const number = String(index + 1).padStart(4, '0')
    const stream = random(seed).fork(`archive ${number}`)
    const category = stream.pickWeighted(
      Object.keys(archive.categories),
      (name) => archive.categories[name as keyof typeof archive.categories].weight,
    ) as keyof typeof archive.categories
    const words = stream.pick(pack.wording.subjects[category])
    const name = `${archive.namePrefix}${number} ${words}${pack.recipe.nameSuffix}`
    const head = { code: `${codePrefix}REF-${number}`, name, category, provenance: 'synthetic' }
    return yearRows(pack, finishedWorks(pack, category, stream), stream).map((row) => ({
      ...head,
      ...row,
    }))
  })
  return {
    at: new Date(pack.head.known),
    noun: 'reference',
    what: '往年已完工项目档案',
    rows: rows.flat(),
  }
}

/** Works that are over before the plan year, as far as their pace tells. */
function finishedWorks(
  { recipe, head }: PackFiles,
  category: keyof PackFiles['recipe']['archive']['categories'],
  stream: Random,
): Works {
  const { from, categories } = recipe.archive
  const { late, medianWan, months } = categories[category]
  const end = (head.year - from) * 12
  const planned = stream.integer(months[0], months[1])
  const startLate = Math.max(0, Math.round(stream.normal(0.2, 1)))
  const pace = Math.exp(-stream.normal(late, 0.15))
  const longest = Math.ceil(startLate + (planned / pace) * 1.15)
  return {
    totalWan: Math.round(medianWan * Math.exp(stream.normal(0, 1.1)) + 1500),
    firstMonth: stream.integer(0, Math.max(0, end - 1 - longest)),
    planned,
    startLate,
    pace,
  }
}

/** The ledger of each year of the works. */
function yearRows({ recipe, head }: PackFiles, works: Works, stream: Random): Row[] {
  const { from, luck } = recipe.archive
  const season = recipe.season.map((weight) => (weight * 12) / 100)
  const begun = works.firstMonth + works.startLate
  const years = new Map<number, { planned: number[]; actual: number[] }>()
  const end = (head.year - from) * 12
  let [position, swing, month] = [0, 0, begun]
  for (; position < works.planned && month < end; month++) {
    const year = Math.floor(month / 12)
    const planned = plan(works, position, Math.max(year * 12, works.firstMonth), season)
    const ledger = years.get(year) ?? { planned, actual: [] }
    years.set(year, ledger)
    swing = 0.6 * swing + stream.normal(0, 0.12)
    const speed = Math.max(0.05, works.pace * (1 + swing) * (luck[String(from + year)] ?? 1))
    // Whatever is left in the last month before the plan year is done in it.
    const earned = month === end - 1 ? works.planned : speed * (season[month % 12] ?? 1)
    const next = Math.min(works.planned, position + earned)
    ledger.actual[month % 12] = shareAt(works, next) - shareAt(works, position)
    position = next
  }
  const dates = {
    totalWan: works.totalWan,
    plannedStart: day(from, works.firstMonth, stream.integer(1, 12)),
    plannedFinish: day(from, works.firstMonth + works.planned, 0),
    actualStart: day(from, begun, stream.integer(13, 25)),
    actualFinish: day(from, month - 1, stream.integer(14, 28)),
  }
  const spent = allot(
    works.totalWan,
    [...years.values()].flatMap(({ actual }) => twelve(actual).map((weight) => ({ weight }))),
  )
  return [...years].map(([year, { planned }], index) => ({
    ...dates,
    year: from + year,
    ...columns(
      'planned',
      planned.map((share) => Math.round(share * works.totalWan)),
    ),
    ...columns('actual', spent.slice(index * 12, index * 12 + 12)),
  }))
}

/** What a year's plan asks of its months: the works that are left, at the planned pace from here on. */
function plan(works: Works, position: number, month: number, season: readonly number[]): number[] {
  const months: number[] = []
  let at = position
  for (let of = month % 12; of < 12; of++) {
    const next = Math.min(works.planned, at + (season[of] ?? 1))
    months[of] = shareAt(works, next) - shareAt(works, at)
    at = next
  }
  return twelve(months)
}

/** Share of the money spent when so many planned months are earned: the S of schedule.ts, summed up. */
function shareAt({ planned }: Works, position: number): number {
  const at = Math.min(1, position / planned)
  const sum = 0.45 * at + (1 - Math.cos(Math.PI * at)) / Math.PI
  return sum / (0.45 + 2 / Math.PI)
}

const twelve = (months: readonly number[]) =>
  Array.from({ length: 12 }, (_, month) => months[month] ?? 0)

function columns(kind: 'planned' | 'actual', months: readonly number[]): Row {
  return Object.fromEntries(
    months.map((wan, month) => [`${kind}${String(month + 1).padStart(2, '0')}`, wan]),
  )
}
