import type { QueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { ProjectFilter } from '../project/filter.ts'
import type { PlaceNames } from '../project/project-row.tsx'
import type { ProjectTable } from '../project/table.ts'
import type { FigureForm } from './figure.tsx'

/**
 * How rows make the figure: their amounts added up; added up and divided by the sum of their bases
 * (`scale` 100 for points); the largest; the middle one.
 */
export type Method =
  | { kind: 'sum' }
  | { kind: 'ratio'; scale: 1 | 100; minus?: { word: string; value: number } }
  | { kind: 'largest' }
  | { kind: 'median' }

/** One row behind a figure. */
export interface AccountRow {
  key: string
  name: string
  /** Project that the row opens; null: `link` or nothing. */
  project: number | null
  /** What else tells the row apart: its unit, holder, day. */
  note: string
  /** What the row brings to the figure, in the figure's own measure (万元, 1 for a count). */
  amount: number
  /** What it is divided by, for a ratio. */
  base?: number
  /** 公开, 模拟, 填报 … where the row's facts come from. */
  source: string
  /** Day or month that the row's facts are of; empty: the day of the whole. */
  at: string
  /** Address within the page where it is shown. */
  link?: string
}

/** A row that a reader might look for in the figure and that is not in it, with the reason in words. */
export interface LeftOut {
  key: string
  name: string
  project: number | null
  note: string
  reason: string
  link?: string
}

/** A figure with all that it is made of. */
export interface Account {
  /** As the page shows it, by the same function; null: unknown ("—"). */
  value: number | null
  form: FigureForm
  method: Method
  /** Name and version of the rule that it was judged by, as the data say; null: none but the definition. */
  rule: string | null
  /** Day that it is of, `YYYY-MM-DD`. */
  date: string
  rows: AccountRow[]
  out: LeftOut[]
  /** Values for the words of its title and definition. */
  words?: Record<string, string | number>
}

/** What an explanation is asked about: the page's own state, the same that the figure was made from. */
export interface Asked {
  client: QueryClient
  /** `YYYY-MM-DD`; null = now. */
  asOf: string | null
  table: ProjectTable
  /** Rows that pass the filter of the URL, in table order. */
  rows: Uint32Array
  filter: ProjectFilter
  /** Selected project; null: none. */
  project: number | null
  places: PlaceNames
  /** Words of `project` and `explain` are there; others with their namespace after loading them. */
  t: TFunction
}

/** Gives the account of one figure; `of` tells which (a light, a unit's id), as strings from the URL. */
export type Explain = (asked: Asked, of: readonly string[]) => Account | Promise<Account>

/** A noun's figures, by `<noun>.<name>`. Words: `explain:figure.<noun>.<name>.title` and `.definition`. */
export type Explanations = Readonly<Record<`${string}.${string}`, Explain>>
