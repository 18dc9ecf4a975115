import type { ProjectFilter } from '../project/filter.ts'
import { noFilter } from '../project/filter.ts'

/** The desk's state as the URL holds it: any view can be sent to a colleague. */
export interface DeskState {
  filter: ProjectFilter
  /** Selected project. */
  project: number | null
  /** `YYYY-MM-DD`: the state as it was known at the end of that day; null = now. */
  asOf: string | null
  /** The day or instant that the shown day is compared with; null: with none. */
  compare: string | null
  sort: SortKey
  descending: boolean
  columns: boolean
  /** Delay hotspots lie on the map, by the reader's own wish as hotspot/ask.ts writes it. */
  hotspots: boolean
  ask: string
  /** What is open beside the map instead of the project; null: nothing. */
  opened: Opened | null
}

/** The inbox, the issues, the orders, the ladder, or a new issue or order about the selection. */
export interface Opened {
  view: (typeof openViews)[number]
  /** One order; null: their list. */
  dispatch: number | null
  /** One issue; null: their list. */
  issue: number | null
  /** The body whose matters are shown. */
  body: number | null
  /** The hotspot that is looked at, or that an order is about. */
  hotspot: string | null
  box: (typeof boxes)[number]
}

const openViews = [
  'agenda',
  'inbox',
  'issue',
  'raise',
  'dispatch',
  'body',
  'send',
  'approval',
  'rule',
  'evidence',
  'hotspot',
] as const
const boxes = ['all', 'mine', 'sent'] as const

export const shownParts = ['overall', 'start', 'progress', 'payment', 'statistics'] as const

export const sortKeys = ['light', 'name', 'total', 'annual', 'done', 'lag', 'reported'] as const
export type SortKey = (typeof sortKeys)[number]

/** Search parameters as strings; absent = default. Lists are joined by commas. */
export type DeskSearch = Partial<
  Record<
    | 'unit'
    | 'park'
    | 'category'
    | 'stage'
    | 'light'
    | 'part'
    | 'form'
    | 'source'
    | 'listed'
    | 'min'
    | 'max'
    | 'q'
    | 'project'
    | 'asOf'
    | 'compare'
    | 'sort'
    | 'columns'
    | 'hotspots'
    | 'ask'
    | 'hotspot'
    | 'open'
    | 'issue'
    | 'dispatch'
    | 'body'
    | 'box'
    | 'explain',
    string
  >
>

const names: (keyof DeskSearch)[] = [
  'unit',
  'park',
  'category',
  'stage',
  'light',
  'part',
  'form',
  'source',
  'listed',
  'min',
  'max',
  'q',
  'project',
  'asOf',
  'compare',
  'sort',
  'columns',
  'hotspots',
  'ask',
  'hotspot',
  'open',
  'issue',
  'dispatch',
  'body',
  'box',
  // The figure that is explained over the screen: no part of the desk's own state.
  'explain',
]

/** The account that is looked at (`new`: one is made), and the words that the list is searched by. */
export interface AccountSearch {
  person?: string
  q?: string
  explain?: string
}

export const accountSearch = (raw: Record<string, unknown>): AccountSearch => ({
  ...(raw['person'] === undefined ? {} : { person: String(raw['person']) }),
  ...(raw['q'] === undefined ? {} : { q: String(raw['q']) }),
  ...explained(raw),
})

/** The figure that is explained over a screen, as every screen's address may hold it. */
export const explained = (raw: Record<string, unknown>): { explain?: string } =>
  raw['explain'] === undefined ? {} : { explain: String(raw['explain']) }

/** What the wall's address says of its scenes: `?scene=hotspot`, `?scene=overview,hotspot&dwell=30`. */
export interface WallSearch {
  scene?: string
  dwell?: string
  explain?: string
  /** `YYYY-MM-DD`: the day at whose end everything is shown; absent: now. */
  asOf?: string
}

export const wallSearch = (raw: Record<string, unknown>): WallSearch => ({
  ...(raw['scene'] === undefined ? {} : { scene: String(raw['scene']) }),
  ...(raw['dwell'] === undefined ? {} : { dwell: String(raw['dwell']) }),
  ...(isDay(String(raw['asOf'])) ? { asOf: String(raw['asOf']) } : {}),
  ...explained(raw),
})

/** Keeps what the desk knows and drops the rest; values stay text until `readDesk`. */
export function deskSearch(raw: Record<string, unknown>): DeskSearch {
  const search: DeskSearch = {}
  for (const name of names) {
    const value = raw[name]
    if (value !== undefined && value !== null && value !== '') search[name] = String(value)
  }
  return search
}

/** The state that the parameters describe; what they leave out or misspell is the default. */
export function readDesk(search: DeskSearch): DeskState {
  const [key, order] = (search.sort ?? '').split('.')
  const sort = sortKeys.find((known) => known === key) ?? 'light'
  return {
    filter: {
      unit: ids(search.unit),
      park: ids(search.park),
      category: list(search.category) as ProjectFilter['category'],
      stage: list(search.stage) as ProjectFilter['stage'],
      light: list(search.light) as ProjectFilter['light'],
      part: shownParts.find((part) => part === search.part) ?? noFilter.part,
      form: search.form === 'original' ? 'original' : noFilter.form,
      provenance: list(search.source),
      listed: search.listed === 'yes' || search.listed === 'no' ? search.listed : noFilter.listed,
      minWan: amount(search.min),
      maxWan: amount(search.max),
      text: search.q ?? '',
    },
    project: ids(search.project)[0] ?? null,
    asOf: isDay(search.asOf) ? search.asOf : null,
    compare: isDay(search.compare) || isInstant(search.compare) ? search.compare : null,
    sort,
    descending: order === 'desc',
    columns: search.columns === '1',
    hotspots: search.hotspots === '1',
    ask: search.ask ?? '',
    opened: readOpened(search),
  }
}

function readOpened(search: DeskSearch): Opened | null {
  const view = openViews.find((known) => known === search.open)
  if (view === undefined) return null
  return {
    view,
    issue: ids(search.issue)[0] ?? null,
    dispatch: ids(search.dispatch)[0] ?? null,
    body: ids(search.body)[0] ?? null,
    hotspot: /^[0-9a-f]{1,16}$/.test(search.hotspot ?? '') ? (search.hotspot ?? null) : null,
    box: boxes.find((known) => known === search.box) ?? 'all',
  }
}

/** The shortest parameters that `readDesk` reads as this state. */
export function writeDesk(state: DeskState): DeskSearch {
  const { filter, opened } = state
  const sort = `${state.sort}${state.descending ? '.desc' : ''}`
  return deskSearch({
    unit: filter.unit.join(),
    park: filter.park.join(),
    category: filter.category.join(),
    stage: filter.stage.join(),
    light: filter.light.join(),
    part: filter.part === noFilter.part ? '' : filter.part,
    form: filter.form === noFilter.form ? '' : filter.form,
    source: filter.provenance.join(),
    listed: filter.listed === 'all' ? '' : filter.listed,
    min: filter.minWan,
    max: filter.maxWan,
    q: filter.text,
    project: state.project,
    asOf: state.asOf,
    compare: state.compare,
    sort: sort === 'light' ? '' : sort,
    columns: state.columns ? '1' : '',
    hotspots: state.hotspots ? '1' : '',
    ask: state.ask,
    hotspot: opened?.hotspot,
    open: opened?.view,
    issue: opened?.issue,
    dispatch: opened?.dispatch,
    body: opened?.body,
    box: opened === null || opened.box === 'all' ? '' : opened.box,
  })
}

const list = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean)
const ids = (text: string | undefined): number[] =>
  list(text)
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0)

/** `YYYY-MM-DD` of a day that exists. */
function isDay(text: string | undefined): text is string {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

/** An instant as the server writes it. */
function isInstant(text: string | undefined): text is string {
  const at = new Date(text ?? '')
  return !Number.isNaN(at.getTime()) && at.toISOString() === text
}

function amount(text: string | undefined): number | null {
  const value = Number(text)
  return text !== undefined && text !== '' && Number.isFinite(value) ? value : null
}
