import { unitInTitle, unitInWords } from 'api/import/header-unit'
import { readHeader, systemOfCell } from 'api/import/headers'
import { interpret } from 'api/import/interpret'
import { readSource } from 'api/import/read-source'
import { describe, expect, test } from 'vitest'

const ofCsv = (text: string) =>
  interpret(readSource(new TextEncoder().encode(text), 'x.csv'), { map: {} })

describe('the unit in a header', () => {
  test.each([
    ['总投资（亿元，含征拆）', 'totalWan', { unit: '亿元' }],
    ['总投资（含征拆、亿元）', 'totalWan', { unit: '亿元' }],
    ['总投资（亿元含征拆）', 'totalWan', { unit: '亿元' }],
    ['总投资（单位：人民币万元）', 'totalWan', { unit: '万元' }],
    ['年度计划投资（2023年，亿元）', 'annualWan', { unit: '亿元', year: 2023 }],
    ['总投资（2023年口径）（万元）', 'totalWan', { unit: '万元' }],
    ['总投资（￥万元）', 'totalWan', { unit: '万元' }],
    ['总投资（元/人民币）', 'totalWan', { unit: '元' }],
    ['总投资万元', 'totalWan', { unit: '万元' }],
    ['总投资（万美元）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（千元）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（百万）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（港币）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（万元/亿元）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（亿元以上）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（万元/亩）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资（亿元）（万元）', 'totalWan', { unit: null, unitUnclear: true }],
    ['总投资万美元', 'totalWan', { unit: null, unitUnclear: true }],
  ])('%s', (header, field, rest) => {
    const column = readHeader('project', 0, [], header, {})
    expect({ ...column, field: column.field?.name }).toMatchObject({ field, ...rest })
  })

  test('a unit of the column itself wins over its group, also where it is unclear', () => {
    expect(readHeader('project', 0, ['投资（万元）'], '总投资（千元）', {})).toMatchObject({
      unit: null,
      unitUnclear: true,
    })
  })

  test('words of a bracket that are no unit are none', () => {
    for (const words of ['含征拆', '2023年', '含多元化经营', '一期', '计划']) {
      expect(unitInWords(words)).toBeNull()
    }
  })
})

describe('the unit in a title', () => {
  test.each([
    ['单位：万元', '万元'],
    ['单位： 亿元   时间：2023年5月', '亿元'],
    ['填报单位：元江县  金额单位：万元', '万元'],
    ['（单位：亿元、个）', '亿元'],
    ['投资完成情况表（万元）', '万元'],
    ['单位：万元、亿元', null],
    ['单位：亿元 / 万元', null],
    ['单位：万美元', null],
    ['投资亿元以上项目表（亿元以上）', null],
    ['投资完成情况表（万元/亩）', null],
  ])('%s → %s', (title, unit) => {
    expect(unitInTitle(title)).toBe(unit)
  })
})

test.each(['万美元', '千元', '万元/亿元'])(
  'an amount below （%s） is refused though the title says 万元',
  async (unit) => {
    const table = await ofCsv(
      `重点项目表,,,,单位：万元\n项目名称,县市区,项目类别,总投资（${unit}）,2023年计划投资\n甲,区,产业,500,100\n合计,,,500,100\n`,
    )
    expect(table.drafts[0]?.values).toMatchObject({ annualWan: 100 })
    expect(table.drafts[0]?.values['totalWan']).toBeUndefined()
    expect(table.drafts[0]?.findings).toMatchObject([
      { code: 'MONEY_UNIT_UNCLEAR', field: 'totalWan', level: 'refuse', value: '500' },
    ])
    expect(table.drafts[0]?.findings[0]?.message).toContain('总投资（万元）')
    expect(table.findings.map(({ code }) => code)).toEqual(['TOTALS_ROW'])
  },
)

test('two titles that name different units name none', async () => {
  const table = await ofCsv(
    '重点项目表（亿元）,,,单位：万元\n项目名称,县市区,项目类别,总投资\n甲,区,产业,500\n',
  )
  expect(table.drafts[0]?.findings).toMatchObject([{ code: 'MONEY_UNIT_UNKNOWN' }])
})

test.each([
  ['百度', 'bd09'],
  ['百度坐标', 'bd09'],
  ['高德坐标', 'gcj02'],
  ['腾讯', 'gcj02'],
  ['GCJ-02', 'gcj02'],
  ['WGS-84坐标系', 'wgs84'],
  ['gk3-38', 'gk3-38'],
  ['CGCS2000 3度带 38带', 'CGCS2000 3度带 38带'],
  ['百度转WGS84', '百度转WGS84'],
  ['地方坐标', '地方坐标'],
])('a cell 坐标系 “%s” is %s', (cell, crs) => {
  expect(systemOfCell(cell)).toBe(crs)
})
