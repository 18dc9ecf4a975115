/*
 * Closed lists of words: what people write for each value of a choice field.
 */
import type { MilestoneKind } from '../milestone/contract.ts'
import { blank, type Cell, isBlankMark, type Parsed, plainText, refuse } from './cell.ts'

type Words = Readonly<Record<string, readonly string[]>>
const split = (words: string) => words.split(' ')

const CHOICES: Readonly<Record<string, Words>> = {
  category: {
    industry: split(
      '产业 产业发展 产业转型升级 产业转型 产业升级 现代产业 工业 制造业 先进制造业 战略性新兴产业 高新技术 高新技术产业 农业 现代农业 服务业 现代服务业 商贸物流 文旅 文化旅游',
    ),
    infrastructure: split(
      '基础设施 基础设施建设 重大基础设施 新型基础设施 市政基础设施 交通基础设施 市政 交通 交通运输 水利 能源 城建 城市建设 城市基础设施',
    ),
    livelihood: split(
      '民生 社会民生 社会事业 民生保障 民生改善 民生工程 教育 卫生 医疗卫生 卫生健康 养老 保障性住房 保障性安居工程 老旧小区改造',
    ),
    ecology: split(
      '生态 生态环保 生态环境 环保 生态文明 环境保护 节能环保 生态修复 生态保护 污染治理',
    ),
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
    construction: split(
      '建设 实施 新建 拟新建 续建 在建 扩建 改建 改扩建 迁建 重建 技改 技术改造 改造 新开工 计划新开工 拟新开工 本年新开工 计划开工 竣工 计划竣工 竣工投产 收尾',
    ),
    preliminary: split('前期 前期工作 前期推进 储备 预备 谋划'),
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
    city: split('市 市级 地市 市州 州市 市(州) 州 自治州 地级市 盟 地区'),
    unit: split(
      '区县 县市区 县 区 单位 县级 县级市 市辖区 自治县 旗 自治旗 功能区 开发区 园区 district',
    ),
  },
  boundaryQuality: { approximate: ['示意', '近似', '概略'], surveyed: ['实测', '测绘', '红线'] },
}

/** The value that a word stands for in the choice field `name`; the value itself is a word too. */
export function parseChoice(name: string, cell: Cell): Parsed<string> {
  const text = plainText(cell).replaceAll(/\s/g, '')
  if (text === '' || isBlankMark(text)) return blank
  const words = CHOICES[name] ?? {}
  // 一、产业发展类项目 is 产业发展; in the lists a word stands without such ends.
  const plain = text.replace(/^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]/, '')
  const bare = plain.replace(/(?<=..)(类|类别|领域|方面)?(项目)?$/, '')
  for (const [value, known] of Object.entries(words)) {
    if ([text, plain, bare].some((word) => word === value || known.includes(word)))
      return { ok: true, value }
  }
  if (name === 'level' && /^(乡镇|镇|乡|街道|镇街|乡镇街道|乡镇级|镇级|村|社区)$/.test(text)) {
    return refuse(
      'LEVEL_BELOW_UNIT',
      `“${text}”比填报单位低一级，不能登记：乡镇写在项目的“建设地点”里；由乡镇填报的，级别请写“单位”，所在的县写“市”`,
    )
  }
  const accepted = Object.values(words).map((known) => known[0])
  return refuse('CHOICE_UNKNOWN', `“${text}”不在可选值中：请填写${accepted.join('、')}之一`)
}

/** The word that people write first for a value of the choice field `name`. */
export function wordOf(name: string, value: string): string | undefined {
  return CHOICES[name]?.[value]?.[0]
}

/** 是 or 否 in the ways that tables write them; 无 is a no here, not a blank. */
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
