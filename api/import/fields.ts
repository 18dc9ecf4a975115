/*
 * Every field that a file can carry: how its cells are read and which headers mean it. Headers are
 * compared after normalising (headers.ts): no spaces, units, years or brackets.
 */
import type { ImportNoun } from './contract.ts'

export type FieldKind =
  | 'text'
  | 'money'
  | 'number'
  | 'percent'
  | 'date'
  | 'span'
  | 'month'
  | 'year'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'pair'
  | 'axis'

export interface Field {
  name: string
  kind: FieldKind
  /** As shown to people. */
  label: string
  /** Longest text; longer cells are refused. */
  max?: number
  headers: readonly string[]
}

const text = (name: string, label: string, max: number, headers: string): Field => ({
  name,
  kind: 'text',
  label,
  max,
  headers: headers.split(' '),
})
const of = (kind: FieldKind, name: string, label: string, headers = ''): Field => ({
  name,
  kind,
  label,
  headers: headers === '' ? [] : headers.split(' '),
})

const IDENTITY = [
  text(
    'code',
    '编码',
    64,
    '编码 项目编码 项目代码 统一代码 项目统一代码 项目编号 园区编码 单位编码 行政区划代码 区划代码 adcode 代码',
  ),
  text('name', '名称', 200, '名称 项目名称 工程名称 项目 项目名 园区名称 单位名称'),
  text(
    'unit',
    '填报单位',
    100,
    '填报单位 县市区 所属区县 区县 所属县市区 县区 所在县市区 所属单位 辖区 属地 责任县市区 所属地区 所在地区 行政区 行政区划 county',
  ),
  text('park', '园区', 100, '园区 所属园区 所在园区 产业园区'),
  text('parent', '上级', 200, '上级项目 父项目 所属总项目 打捆项目 上级 上级单位 上级编码'),
]

const PROJECT = [
  of('choice', 'category', '类别', '类别 项目类别 项目类型 投资类别 大类'),
  text('industry', '行业', 100, '行业 所属行业 产业链 行业分类 产业 行业类别 所属产业链'),
  of('choice', 'sideState', '异常状态', '异常状态 暂停状态'),
  of('money', 'totalWan', '总投资', '总投资 项目总投资 总投资额 计划总投资 估算总投资 概算总投资'),
  of(
    'number',
    'areaMu',
    '用地面积（亩）',
    '用地面积亩 面积亩 占地面积亩 用地亩 占地亩 亩数 areamu',
  ),
  text('addressText', '地址', 300, '地址 建设地点 建设地址 项目地址 位置 项目位置 所在地 具体地址'),
  text(
    'ownerEnterprise',
    '建设单位',
    200,
    '建设单位 项目业主 业主单位 业主 企业名称 企业 投资主体 项目单位 建设主体 责任企业 项目法人',
  ),
  text('leadDepartment', '牵头单位', 100, '牵头单位 责任单位 牵头部门 主管部门 市直责任单位'),
  text(
    'contactLeader',
    '联系领导',
    100,
    '联系领导 联点领导 市级领导 责任领导 联系市领导 市级联系领导 包保领导',
  ),
  text(
    'serviceOfficer',
    '联系人',
    100,
    '联系人 服务专员 项目联系人 项目负责人 负责人 联络员 帮扶专员',
  ),
  text('servicePhone', '电话', 40, '电话 联系电话 联系方式 手机 手机号 专员电话 联系人电话'),
  text(
    'note',
    '备注',
    2000,
    '备注 说明 建设内容 建设内容及规模 主要建设内容 建设规模 建设规模及内容 建设规模及主要内容 建设规模及主要建设内容 主要建设内容及规模 项目概况',
  ),
]

const POSITION = [
  of('axis', 'lon', '经度', '经度 东经 坐标经度 经度坐标 中心经度 lon lng longitude'),
  of('axis', 'lat', '纬度', '纬度 北纬 坐标纬度 纬度坐标 中心纬度 lat latitude'),
  of('axis', 'x', 'X 坐标', 'x坐标 坐标x x 横坐标 横坐标y y横坐标 东坐标 东坐标y 纵横坐标x'),
  of('axis', 'y', 'Y 坐标', 'y坐标 坐标y y 纵坐标 纵坐标x x纵坐标 北坐标 北坐标x'),
  of(
    'pair',
    'position',
    '坐标',
    '坐标 经纬度 位置坐标 中心坐标 项目坐标 地理坐标 坐标经度纬度 坐标点',
  ),
  of('choice', 'positionQuality', '位置精度', '位置精度 坐标精度 定位精度 位置质量'),
  text('positionCrs', '坐标系', 40, '坐标系 坐标系统 坐标类型 坐标系名称'),
]

const PLAN = [
  of('year', 'year', '年度', '年度 年份 计划年度'),
  of('choice', 'planKind', '建设/前期', '计划类型 建设性质 项目性质 建设前期 建设或前期 计划类别'),
  of(
    'money',
    'annualWan',
    '年度计划投资',
    '年度计划投资 年度计划 年计划投资 年度投资计划 年度投资 年度计划完成投资 当年计划投资 本年计划投资 年投资计划',
  ),
  text('collectiveStart', '集中开工', 100, '集中开工 集中开工批次'),
  of('date', 'addedOn', '增补日期', '增补日期 增补时间'),
  of('date', 'removedOn', '调出日期', '调出日期 调出时间'),
  text('changeReason', '调整原因', 300, '调整原因 增补原因 调出原因'),
]

const DATES = [
  of(
    'date',
    'plannedStart',
    '计划开工',
    '计划开工 计划开工时间 计划开工日期 计划开工年月 拟开工时间 开工时间计划 开工计划 预计开工时间 开工日期计划 开工计划时间',
  ),
  of(
    'date',
    'actualStart',
    '实际开工',
    '实际开工 实际开工时间 实际开工日期 开工时间实际 开工实际 已开工时间 开工日期实际 开工实际时间',
  ),
  of(
    'date',
    'plannedFinish',
    '计划竣工',
    '计划竣工 计划竣工时间 计划竣工日期 拟竣工时间 竣工时间计划 竣工计划 计划完工时间 预计竣工时间 计划建成时间 竣工日期计划 计划完成时间 计划完工 竣工计划时间',
  ),
  of(
    'date',
    'actualFinish',
    '实际竣工',
    '实际竣工 实际竣工时间 实际竣工日期 竣工时间实际 竣工实际 竣工日期实际 实际完工时间 竣工实际时间',
  ),
  of(
    'span',
    'buildYears',
    '建设年限',
    '建设年限 建设起止年限 起止年限 建设周期 建设起止年月 建设工期',
  ),
  text('stage', '阶段', 100, '阶段 项目阶段 建设阶段 当前阶段 项目状态 建设状态 进展阶段'),
  of('date', 'stageDate', '阶段日期', '阶段日期 阶段时间 阶段截止时间'),
]

const CHECKED = [
  of(
    'money',
    'doneWan',
    '累计完成投资',
    '累计完成投资 完成投资 完成 累计完成 年度完成投资 已完成投资 累计投资 年累计完成投资 完成投资额 本年累计完成投资 当年累计完成投资',
  ),
  of(
    'percent',
    'rate',
    '完成率',
    '完成率 投资完成率 完成比例 年度完成率 占年度计划 完成年度计划 占年度计划比例 占年计划 完成进度',
  ),
]

const SOURCE = [
  of('choice', 'provenance', '数据性质', '数据性质 数据类型 数据属性'),
  text('sourceTitle', '来源', 300, '来源 数据来源 资料来源 信息来源 来源标题 出处'),
  text('sourceDate', '来源日期', 40, '来源日期 来源时间 发布日期 发布时间'),
]

const MILESTONE = [
  of('choice', 'kind', '节点', '节点 节点类型 节点种类'),
  text('milestoneName', '节点名称', 100, '节点名称'),
  of('date', 'originalDate', '原计划日期', '原计划日期 原计划时间 原计划 计划日期 计划时间'),
  of('date', 'revisedDate', '调整后日期', '调整后日期 调整后时间 调整计划 调整后计划'),
  of('date', 'forecastDate', '预计日期', '预计日期 预计时间 预计完成时间 预测日期'),
  of('date', 'actualDate', '实际日期', '实际日期 实际时间 实际完成时间'),
  text('cause', '原因', 200, '原因 滞后原因 原因代码 未达进度原因'),
]

const MONTHLY = [
  of('month', 'month', '月份', '月份 填报月份 填报月 月 报告月份 统计月份'),
  text('fundSource', '资金来源', 40, '资金来源 资金类别'),
  of(
    'money',
    'plannedWan',
    '本月计划投资',
    '本月计划投资 本月计划 月度计划投资 当月计划投资 月计划投资 当月计划 月度计划',
  ),
  of(
    'money',
    'actualWan',
    '本月完成投资',
    '本月完成投资 本月完成 当月完成投资 月度完成投资 当月完成 月完成投资',
  ),
]

const REPORT = [
  of(
    'percent',
    'percent',
    '形象进度（%）',
    '形象进度百分比 进度百分比 总体进度 工程进度 累计形象进度 形象进度比例 进度',
  ),
  text(
    'progressText',
    '形象进度',
    2000,
    '形象进度 进展情况 工作进展 项目进展 进度描述 目前进展 形象进度描述 建设进展',
  ),
  text('problem', '存在问题', 2000, '存在问题 问题 困难问题 存在的问题 主要问题 存在困难'),
  text('nextStep', '下一步', 2000, '下一步 下一步计划 下步工作 下一步工作 下步计划 下月计划'),
  text('cause', '原因', 40, '原因 滞后原因 原因代码 未达进度原因'),
  of('boolean', 'inStatistics', '是否入统', '是否入统 入统 已入统'),
  text('reporter', '填报人', 100, '填报人 报送人 填表人'),
  of('choice', 'status', '填报状态', '填报状态 审核状态 状态'),
  of('instant', 'reportedAt', '填报时间', '填报时间 报送时间 提交时间'),
]

const UNIT = [
  text('shortName', '简称', 50, '简称 单位简称'),
  of('choice', 'level', '级别', '级别 层级 行政级别 level'),
  of('boolean', 'reports', '是否填报', '是否填报 填报'),
  of('number', 'ordinal', '排序', '排序 序号 顺序'),
]
const PARK = [of('choice', 'boundaryQuality', '边界精度', '边界精度 范围精度')]

/** Month columns of a wide table, `planned01` to `actual12`; their headers are read by pattern. */
const WIDE: Field[] = ['planned', 'actual'].flatMap((name) =>
  Array.from({ length: 12 }, (_, index) =>
    of(
      'money',
      `${name}${String(index + 1).padStart(2, '0')}`,
      `${index + 1}月${name === 'planned' ? '计划' : '完成'}`,
    ),
  ),
)
const WIDE_PLAN = WIDE.slice(0, 12)
const [CODE, NAME, UNIT_OF, , PARENT] = IDENTITY
const WHICH = [CODE, NAME, UNIT_OF].filter((field) => field !== undefined)
const PARENTS = [PARENT].filter((field) => field !== undefined)

/** The fields of a noun, those that its files may carry for another noun included. */
export const FIELDS: Record<ImportNoun, readonly Field[]> = {
  project: [
    ...IDENTITY,
    ...PROJECT,
    ...POSITION,
    ...PLAN,
    ...DATES,
    ...CHECKED,
    ...WIDE_PLAN,
    ...SOURCE,
  ],
  park: [...WHICH, ...POSITION.slice(0, 5), ...PARK, ...SOURCE],
  unit: [...WHICH.slice(0, 2), ...PARENTS, ...UNIT, ...POSITION.slice(0, 5), ...SOURCE],
  plan: [...WHICH, ...PLAN, ...WIDE_PLAN, ...SOURCE.slice(0, 1)],
  milestone: [...WHICH, ...MILESTONE, ...SOURCE],
  investment: [...WHICH, ...MONTHLY, ...PLAN.slice(0, 1), ...WIDE, ...SOURCE.slice(0, 1)],
  report: [
    ...WHICH,
    ...MONTHLY.filter((field) => field.name !== 'fundSource'),
    ...PLAN.slice(0, 1),
    ...REPORT,
    ...SOURCE.slice(0, 1),
  ],
  // One row for each project and year, as yearly ledgers have them.
  reference: [
    ...WHICH.slice(0, 2),
    ...PROJECT.filter(({ name }) => name === 'category' || name === 'totalWan'),
    ...DATES.filter(({ kind }) => kind === 'date').slice(0, 4),
    ...PLAN.slice(0, 1),
    ...WIDE,
    ...SOURCE,
  ],
}

/** The field of a noun by its name. */
export function fieldOf(noun: ImportNoun, name: string): Field | undefined {
  return FIELDS[noun].find((field) => field.name === name)
}

/** How a field is called in messages: its label, or the part behind a dot of a derived row. */
export function labelOf(noun: ImportNoun, name: string): string {
  return fieldOf(noun, name)?.label ?? name
}
