/*
 * Closed lists of words: what people write for each value of a choice field, and how the text of a
 * stage names a milestone.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { blank, type Cell, isBlankMark, type Parsed, plainText, refuse } from './cell.ts'

type Words = Readonly<Record<string, readonly string[]>>

const CHOICES: Readonly<Record<string, Words>> = {
  category: {
    industry: ['产业', '产业发展', '产业类', '产业项目', '产业发展类', '工业', '工业项目'],
    infrastructure: ['基础设施', '基础设施类', '基础设施项目', '基础设施建设'],
    livelihood: [
      '民生',
      '社会民生',
      '民生类',
      '社会事业',
      '民生保障',
      '社会民生类',
      '社会事业类',
      '民生项目',
    ],
    ecology: ['生态', '生态环保', '生态环保类', '生态环境', '环保', '生态类', '生态文明'],
  },
  sideState: {
    suspended: ['暂停', '停工', '缓建'],
    removed: ['调出', '已调出'],
    terminated: ['终止', '取消'],
  },
  positionQuality: {
    surveyed: ['实测', '测绘', '已核实', '现场核实'],
    site: ['场址', '红线', '地块', '场地'],
    park: ['园区'],
    town: ['乡镇', '街道', '镇', '乡镇街道'],
    unit: ['区县', '县市区', '单位', '县区'],
    none: ['无位置'],
  },
  planKind: {
    construction: [
      '建设',
      '建设类',
      '建设项目',
      '新建',
      '续建',
      '在建',
      '扩建',
      '改建',
      '改扩建',
      '新开工',
      '竣工',
    ],
    preliminary: ['前期', '前期类', '前期项目', '储备', '预备'],
  },
  provenance: {
    published: ['公开报道', '公开', '已发布', '官方发布'],
    synthetic: ['模拟', '示范', '示范数据', '演示', '生成', '模拟数据'],
    reported: ['填报', '报送', '上报'],
  },
  kind: {
    signing: ['签约'],
    preliminary: ['前期', '立项', '可研'],
    permit: ['许可', '施工许可', '报建'],
    start: ['开工'],
    construction: ['施工', '在建', '建设'],
    structure: ['主体封顶', '封顶', '主体'],
    finish: ['竣工', '完工'],
    production: ['投产', '运营', '投运'],
  },
  status: {
    draft: ['草稿'],
    submitted: ['已提交', '提交', '已填报', '待审核'],
    verified: ['已核实', '已审核', '通过', '审核通过'],
    returned: ['退回', '已退回'],
  },
  level: {
    province: ['省', '省级'],
    city: ['市', '市级', '地市'],
    unit: ['区县', '县市区', '县', '区', '单位', '县级', 'district'],
  },
  boundaryQuality: { approximate: ['示意', '近似', '概略'], surveyed: ['实测', '测绘', '红线'] },
}

/** The value that a word stands for in the choice field `name`; the value itself is a word too. */
export function parseChoice(name: string, cell: Cell): Parsed<string> {
  const text = plainText(cell).replaceAll(/\s/g, '')
  if (text === '' || isBlankMark(text)) return blank
  const words = CHOICES[name] ?? {}
  for (const [value, known] of Object.entries(words)) {
    if (value === text || known.includes(text)) return { ok: true, value }
  }
  const accepted = Object.values(words).map((known) => known[0])
  return refuse('CHOICE_UNKNOWN', `“${text}”不在可选值中：请填写${accepted.join('、')}之一`)
}

export function parseBoolean(cell: Cell): Parsed<boolean> {
  const text = plainText(cell)
  if (text === '' || (isBlankMark(text) && text !== '无')) return blank
  if (cell === true || /^(是|有|已|已入统|y|yes|true|1|√)$/i.test(text)) {
    return { ok: true, value: true }
  }
  if (cell === false || /^(否|无|未|未入统|n|no|false|0|×)$/i.test(text)) {
    return { ok: true, value: false }
  }
  return refuse('BOOLEAN_INVALID', `“${text}”不是是或否：请填写是或否`)
}

export type StageFact =
  | { milestone: MilestoneKind }
  | { sideState: 'suspended' | 'removed' | 'terminated' }
  | { none: 'future' | 'unknown' }

const STAGE_WORDS: readonly (readonly [RegExp, MilestoneKind])[] = [
  [/投产|投运|运营|试生产|投入使用/, 'production'],
  [/竣工|完工|建成|通车|交付|验收/, 'finish'],
  [/封顶|主体完工/, 'structure'],
  [/正式开工|集中开工|已开工|^开工|开工$|奠基|动工/, 'start'],
  [/在建|施工|桩基|建设中|^建设$|推进建设|加快建设/, 'construction'],
  [/许可|报建/, 'permit'],
  [/前期|可研|立项|规划|环评/, 'preliminary'],
  [/签约/, 'signing'],
]

/** What the text of a stage column says has happened; plans and negations say nothing. */
export function readStage(text: string): StageFact {
  if (/暂停|停工|缓建/.test(text)) return { sideState: 'suspended' }
  if (/调出/.test(text)) return { sideState: 'removed' }
  if (/终止|取消/.test(text)) return { sideState: 'terminated' }
  if (/未|拟|待|计划|预计|将|储备|谋划/.test(text)) return { none: 'future' }
  for (const [pattern, milestone] of STAGE_WORDS) {
    if (pattern.test(text)) return { milestone }
  }
  return { none: 'unknown' }
}

export const MILESTONE_NAME: Record<MilestoneKind, string> = {
  signing: '签约',
  preliminary: '前期',
  permit: '施工许可',
  start: '开工',
  construction: '施工',
  structure: '主体封顶',
  finish: '竣工',
  production: '投产',
}
