/*
 * What the text of a stage column says has happened. Only words that say it outright count: of
 * 无法开工, 开工准备, 施工招标 and 完工70% nothing has.
 */
import type { MilestoneKind } from '../milestone/contract.ts'

export type StageFact =
  | { milestone: MilestoneKind; inexact?: true }
  | { sideState: SideState; inexact?: true }
  /** `not-yet`: the text itself says so; `open`: it negates, plans or prepares; `unknown`: no such word. */
  | { none: 'not-yet' | 'open' | 'unknown' }

export type SideState = 'suspended' | 'removed' | 'terminated'

/** Words of each milestone, the furthest first: alone, or between BEFORE and AFTER. */
const WORDS: readonly (readonly [string, MilestoneKind])[] = [
  [
    '投产|投运|运营|运行|试生产|试运营|试运行|投入使用|投入运营|投入运行|投产达效|投产运营|达产|达产达效|(建成|竣工)(投产|运营|投运|投用|投入使用)|投用',
    'production',
  ],
  [
    '竣工|完工|建成|通车|竣工验收|竣工验收备案|通过(竣工)?验收|验收|验收合格|交付|交付使用|交工|(竣工|建成|完工)(通车|交付|验收)|整体验收',
    'finish',
  ],
  ['封顶|(主体)?(结构|工程)?(封顶|完工)|主体完工|主体竣工|结构封顶', 'structure'],
  [
    '在建|续建|施工|建设|桩基|基础|(主体|桩基|基础|地基|土建|土石方|装修|装饰|内装|外装|安装|钢结构|路基|路面|桥梁|隧道|管网|地下室|厂房|结构)(结构|工程)*(施工|建设)?|设备安装|推进建设|加快建设|加快推进|推进施工|加快施工|设备调试',
    'construction',
  ],
  ['开工|开工建设|奠基|动工|破土动工|动工建设|启动建设', 'start'],
  ['许可|报建|施工许可证?|(取得|领取|办理|办结)(建筑工程)?施工许可证?', 'permit'],
  ['前期|前期工作|前期手续|可研|立项|规划|环评|(可研|环评|立项)(批复|备案)|备案', 'preliminary'],
  ['签约|签订(投资)?(合同|协议)|签约落地', 'signing'],
]
const BEFORE =
  '(?:已经?|正在|正式|全面|集中|全部|顺利|目前|现已?|整体|基本|完成|处于|进入|项目|工程)*'
const AFTER = '(?:阶段|之?中|期|状态|了|项目|工作|建设|仪式)*'
const EXACT = WORDS.map(([words, kind]) => [anchored(words), kind] as const)
/** 10层主体施工, 桩基施工至三层: works under way, whatever stands around the word. */
const UNDER_WAY = /在建|施工|建设中|正在建设|加快建设|推进建设/
/** A text that says outright that it has happened: 厂房已竣工. */
const SAID = WORDS.map(
  ([words, kind]) => [new RegExp(`(?:已经?|正式|全面|顺利)(?:${words})$`), kind] as const,
)

/** Under way is not done yet. */
const GOING_ON = /(验收|许可证?|报建|签约|交付|交工)(工作)?(阶段|之?中|期)/

/** Nothing has happened, and the text says no more than that. */
const NOT_YET =
  /^(项目|目前|暂)?(尚?未|待|拟|计划|预计|即将|准备)(年内|年底)?(开工|动工|启动|建设|建|实施)(建设)?$|^(储备|谋划|策划|招商)(阶段|中|项目)?$/
const NEGATED = /未|不|没|无|难|尚|否|非|缺|暂缓/
const PLANNED =
  /拟|待|计划|预计|将|储备|谋划|准备|力争|争取|确保|目标|筹备|筹划|筹建|即将|具备|条件|启动前|推动|加快前期|年内|年底|年末|月底|月末|[年月底]前|上半年|下半年|季度|\d+月|\d+年/
const PROCEDURE =
  /招标|招投标|投标|审查|审批|报批|申报|申请|办理中|正在办理|手续|编制|评审|图纸|施工图|用地|场地|方案|招商|洽谈|规划许可/
const PARTLY =
  /部分|[一二三四五六1-6]期|标段|分批|陆续|逐步|过半|一半|\d+(\.\d+)?[%％]|百分之|[一二三四五六七八九]成/

/** 2023年3月已开工, 已于3月开工: the day of what has happened; 3月底前 is a term. */
const DATED =
  /^(?:该?项目|工程)?(?:已经?)?[于在]?(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}[日号])?(?:[底初末份]|[上中下]旬)?(?!.{0,4}前(?!期))/
/** How much money is spent says nothing of a stage: 完成投资30%. */
const SPENT =
  /^(?:项目|目前|现|已经?|累计|今年|本年|年度)*(?:完成(?:年度|计划|总|固定资产)*投资|投资完成)(?:额|率|的|约|近|超|为|达|到|比例)*(?:[\d.]+(?:%|[万亿]元?)?|过半|一半|百分之.{1,4}|[一二三四五六七八九]成)(?:以上|左右)?$/

const STOPPED = anchored(
  '暂停|停工|缓建|停建|停产|暂停(建设|施工)|停止(建设|施工)|(全面|长期|临时|暂时)停工|停工整顿',
)
const REMOVED = anchored('调出|调出(计划|名单|项目库|重点项目)|移出')
const TERMINATED = anchored('终止|取消|(终止|取消)(建设|实施|投资|合同|计划)')
const HALTS: readonly (readonly [RegExp, RegExp, SideState])[] = [
  [STOPPED, /暂停|停工|缓建|停建/, 'suspended'],
  [REMOVED, /调出/, 'removed'],
  [TERMINATED, /终止|取消/, 'terminated'],
]
/** What takes a halt back, or only speaks of one. */
const RESUMED =
  /复工|恢复|复建|重启|曾|春节|防止|避免|风险|申请|建议|同意|拟|如|若|可能|防|原因|期间/

/** What the text of a stage column says has happened; negations, plans and procedures say nothing. */
export function readStage(text: string): StageFact {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '')
  if (plain === '') return { none: 'unknown' }
  const halt = readHalt(plain)
  if (halt) return halt
  if (NOT_YET.test(plain)) return { none: 'not-yet' }
  const clauses = plain.split(/[,，、;；。()（）]+/).filter((clause) => clause !== '')
  const read = clauses.filter((clause) => !SPENT.test(clause)).map(readClause)
  if (read.length === 0 || read.some((fact) => fact === 'open')) return { none: 'open' }
  const told = read.filter((fact) => fact !== null && fact !== 'open')
  const furthest = WORDS.map(([, kind]) => told.find((fact) => fact.milestone === kind)).find(
    (fact) => fact !== undefined,
  )
  if (!furthest) return { none: 'unknown' }
  const { milestone } = furthest
  return clauses.length === 1 && !furthest.inexact ? { milestone } : { milestone, inexact: true }
}

function readHalt(text: string): StageFact | null {
  for (const [exact, word, sideState] of HALTS) {
    if (exact.test(text)) return { sideState }
    if (!word.test(text)) continue
    const stands = sideState === 'suspended' && /(暂停|停工|缓建|停建)(中|状态|至今)?$/.test(text)
    if (!stands || RESUMED.test(text) || NEGATED.test(text) || PLANNED.test(text)) {
      return { none: 'open' }
    }
    return { sideState, inexact: true }
  }
  return null
}

function readClause(clause: string): { milestone: MilestoneKind; inexact?: true } | 'open' | null {
  const text = clause.includes('已') ? clause.replace(DATED, '') : clause
  const inexact = text === clause ? {} : { inexact: true as const }
  if (GOING_ON.test(text)) return 'open'
  for (const [pattern, milestone] of EXACT) if (pattern.test(text)) return { milestone, ...inexact }
  const open = [NEGATED, PLANNED, PROCEDURE, PARTLY].some((pattern) => pattern.test(text))
  if (open) return 'open'
  for (const [pattern, milestone] of SAID) {
    if (pattern.test(text)) return { milestone, inexact: true }
  }
  return UNDER_WAY.test(text) ? { milestone: 'construction', inexact: true } : null
}

function anchored(words: string): RegExp {
  return new RegExp(`^${BEFORE}(?:${words})${AFTER}$`)
}
