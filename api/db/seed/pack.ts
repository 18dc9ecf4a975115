/*
 * A city pack: a folder of plain files under api/db/seed. This reads and checks them; nothing else
 * knows their names.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { LadderInput } from '../../body/contract.ts'
import { DispatchInput, DispatchRule, TaskAction } from '../../dispatch/contract.ts'
import { DateText } from '../../http/contract.ts'
import { FundSources } from '../../investment/fund-source.ts'
import { LightRule } from '../../light/rule/contract.ts'
import { TemplateFile } from '../../milestone/plan/contract.ts'
import { Role } from '../../person/contract.ts'
import { Category } from '../../project/contract.ts'
import { type Columns, parseJson, parseTable, type Rows } from './pack-file.ts'

const here = fileURLToPath(new URL('../../../db/seed', import.meta.url))

/** pack.json: the city, its clock and its sentence. */
export const PackHead = z.strictObject({
  city: z.string().min(1),
  year: z.number().int(),
  /** Where the clock of the demo begins. */
  clockStart: z.iso.datetime({ offset: true }),
  /** Since when the facts that were there before the year are known. */
  known: z.iso.datetime({ offset: true }),
  notice: z.string(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  mapApproval: z.string().nullable(),
  /** Sources of money that reports may name; the usual ones where there is no list. */
  fundSources: FundSources.optional(),
  /** Prefecture code of the county polygons in the npm package. */
  boundary: z.string().regex(/^\d{6}$/),
  /** How the city numbers and times its orders. */
  dispatch: DispatchRule,
  /** Rule sets of the lights beside the shipped ones, and the version that judges from a day on. */
  light: z
    .strictObject({
      rules: z.array(LightRule),
      adopt: z.strictObject({ name: z.string(), version: z.int(), fromOn: DateText }).optional(),
    })
    .optional(),
})
export type PackHead = z.infer<typeof PackHead>

const Planted = z.strictObject({
  park: z.string(),
  cause: z.string(),
  share: z.number().min(0).max(1),
  causeShare: z.number().min(0).max(1),
})

/** synthetic.json: how the list is filled up. */
export const Recipe = z.strictObject({
  seed: z.string(),
  codePrefix: z.string(),
  nameSuffix: z.string(),
  listedOn: z.iso.date(),
  collective: z.strictObject({ name: z.string(), day: z.iso.date() }),
  preliminary: z.record(Category, z.strictObject({ count: z.number().int(), totalYi: z.number() })),
  units: z.record(z.string(), z.number().int()),
  crossUnit: z.string(),
  /** Units without a polygon of their own, and the one that they lie in. */
  liesIn: z.record(z.string(), z.string()),
  parkShare: z.record(Category, z.number()),
  parkWeight: z.record(z.string(), z.number()),
  season: z.array(z.number().positive()).length(12),
  delay: z.strictObject({
    share: z.number(),
    startShare: z.number(),
    lagFrom: z.number(),
    lagTo: z.number(),
  }),
  planted: z.array(Planted),
  silent: z.number().int(),
  notYetMay: z.number().int(),
  finishedEarly: z.number().int(),
  suspended: z.array(z.strictObject({ on: z.iso.date(), count: z.number().int() })),
  replaced: z.strictObject({
    on: z.iso.date(),
    count: z.number().int(),
    removedReason: z.string(),
    addedReason: z.string(),
  }),
  /** Works of past years, finished: what forecasts compare with. */
  archive: z.strictObject({
    from: z.number().int(),
    count: z.number().int(),
    namePrefix: z.string(),
    /** By category: how often, the mean log of real to planned time, 万元, planned months. */
    categories: z.record(
      Category,
      z.strictObject({
        weight: z.number(),
        late: z.number(),
        medianWan: z.number(),
        months: z.tuple([z.number().int(), z.number().int()]),
      }),
    ),
    /** How well works went in a year, where not as usual (1). */
    luck: z.record(z.string(), z.number()),
  }),
  officers: z.number().int(),
  /** Problems raised in the year so far. */
  issues: z.number().int(),
})
export type Recipe = z.infer<typeof Recipe>

/** body.json: the coordination ladder; chairs by role, units and departments by name. */
const BodyFile = z.array(
  LadderInput.shape.bodies.element
    .omit({ parentCode: true, chairId: true, unitId: true, members: true })
    .extend({
      parent: z.string().nullable(),
      chair: Role.nullable(),
      unit: z.string().nullable(),
      departments: z.array(z.string()),
    }),
)

const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)

/** dispatch.json: orders to units, parks and departments by name, with what was done on them and when. */
const DispatchFile = z.array(
  DispatchInput.pick({
    title: true,
    demand: true,
    origin: true,
    priority: true,
    dueOn: true,
  }).extend({
    sent: LocalTime,
    owners: z.array(z.string()).min(1),
    steps: z.array(
      z.strictObject({
        owner: z.string(),
        action: TaskAction,
        at: LocalTime,
        note: z.string().optional(),
        dueOn: DateText.optional(),
      }),
    ),
  }),
)

const texts = z.array(z.string()).min(1)

/** wording.json: the words of generated rows. */
export const Wording = z.strictObject({
  chains: z.record(
    z.string(),
    z.strictObject({ weight: z.record(z.string(), z.number()), products: texts }),
  ),
  subjects: z.record(Category, texts),
  /** For the largest projects of a category. */
  largeSubjects: z.record(Category, texts),
  departments: z.record(Category, texts),
  progress: z.strictObject({
    waiting: texts,
    early: texts,
    middle: texts,
    late: texts,
    done: texts,
    suspended: texts,
    preliminary: texts,
  }),
  next: z.strictObject({ ordinary: texts, delayed: texts, preliminary: texts, done: texts }),
  causes: z.record(z.string(), texts),
})
export type Wording = z.infer<typeof Wording>

const ring = z.array(z.tuple([z.number(), z.number()]))
const ParkFile = z.object({
  features: z.array(
    z.object({
      properties: z.object({ 园区名称: z.string(), 填报单位: z.string() }),
      geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
    }),
  ),
})
const Basemap = z.looseObject({
  type: z.literal('FeatureCollection'),
  features: z.array(z.looseObject({ type: z.literal('Feature') })),
})

export interface PackFiles {
  name: string
  head: PackHead
  recipe: Recipe
  wording: Wording
  park: z.infer<typeof ParkFile>['features']
  basemap: z.infer<typeof Basemap>
  /** Lifecycles, with the limits of their steps. */
  template: z.infer<typeof TemplateFile>
  figure: { key: string; value: string }[]
  project: Rows
  milestone: Rows
  list: Rows
  town: Rows
  department: Rows
  cause: Rows
  person: Rows
  body: z.infer<typeof BodyFile>
  dispatch: z.infer<typeof DispatchFile>
}

/** Where a pack's file lies, for those that go through the importer as they are. */
export function packFile(name: string, file: string): string {
  return join(here, name, file)
}

/** @throws Error `PACK_UNKNOWN` when there is no such folder, `PACK_INVALID` naming file, row and field. */
export async function readHead(name: string): Promise<PackHead> {
  return json(name, 'pack.json', PackHead)
}

/** The columns that the generator reads; the importer says what else is wrong. */
const PROJECT: Columns = {
  项目编码: 'text',
  项目名称: 'text',
  填报单位: 'any',
  园区: 'any',
  上级项目: 'any',
  项目类别: 'text',
  '总投资（亿元）': 'any',
}
const MILESTONE: Columns = { 项目编码: 'text', 节点: 'text', 计划日期: 'any', 实际日期: 'any' }
const LIST: Columns = { 项目编码: 'text', 类型: 'text', 集中开工: 'any' }
const DEPARTMENT: Columns = { 编码: 'text', 名称: 'text' }
/** Without 责任部门 the project's own department answers. */
const CAUSE: Columns = { 编码: 'text', 名称: 'text', 上级: 'any', 责任部门: 'any' }
const PERSON: Columns = {
  登录名: 'text',
  姓名: 'text',
  角色: 'text',
  范围: 'text',
  所在: 'any',
  部门: 'any',
  职务: 'any',
  负责项目: 'any',
}
const TOWN: Columns = { 填报单位: 'text', 名称: 'text', 经度: 'number', 纬度: 'number' }

/** Reads all files of a pack. @throws as readHead. */
export async function readPack(name: string): Promise<PackFiles> {
  const head = await readHead(name)
  const figure = await csv(name, 'figure.csv', { key: 'text', value: 'any' })
  return {
    name,
    head,
    recipe: await json(name, 'synthetic.json', Recipe),
    wording: await json(name, 'wording.json', Wording),
    park: (await json(name, 'park.geojson', ParkFile)).features,
    basemap: await json(name, 'basemap.geojson', Basemap),
    template: await json(name, 'milestone-template.json', TemplateFile),
    figure: figure.map((row) => ({ key: row['key'] ?? '', value: row['value'] ?? '' })),
    project: await csv(name, 'project.csv', PROJECT),
    milestone: await csv(name, 'milestone.csv', MILESTONE),
    list: await csv(name, 'list.csv', LIST),
    town: await csv(name, 'town.csv', TOWN),
    department: await csv(name, 'department.csv', DEPARTMENT),
    cause: await csv(name, 'cause.csv', CAUSE),
    person: await csv(name, 'person.csv', PERSON),
    body: await json(name, 'body.json', BodyFile),
    dispatch: await json(name, 'dispatch.json', DispatchFile),
  }
}

async function json<T>(name: string, file: string, schema: z.ZodType<T>): Promise<T> {
  return parseJson(`${name}/${file}`, await bytesOf(name, file), schema)
}

async function csv(name: string, file: string, columns: Columns): Promise<Rows> {
  return parseTable(`${name}/${file}`, await bytesOf(name, file), columns)
}

async function bytesOf(name: string, file: string): Promise<Uint8Array> {
  return readFile(packFile(name, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    throw new Error(
      `PACK_UNKNOWN: ${packFile(name, file)} does not exist; set ONEMAP_PACK to the name of a folder under api/db/seed, or to none`,
    )
  })
}
