import { readStage } from 'api/import/stage'
import { describe, expect, test } from 'vitest'

const words = (text: string) => text.split(' ').map((word) => [word])

describe('the stage of a project', () => {
  test.each([
    ['开工', { milestone: 'start' }],
    ['已开工', { milestone: 'start' }],
    ['开工建设', { milestone: 'start' }],
    ['主体结构封顶', { milestone: 'structure' }],
    ['主体工程完工', { milestone: 'structure' }],
    ['主体完工', { milestone: 'structure' }],
    ['桩基施工', { milestone: 'construction' }],
    ['主体施工', { milestone: 'construction' }],
    ['在建', { milestone: 'construction' }],
    ['建设阶段', { milestone: 'construction' }],
    ['竣工通车', { milestone: 'finish' }],
    ['竣工验收', { milestone: 'finish' }],
    ['建成投产', { milestone: 'production' }],
    ['已投产达效', { milestone: 'production' }],
    ['签约', { milestone: 'signing' }],
    ['前期工作', { milestone: 'preliminary' }],
    ['已取得施工许可证', { milestone: 'permit' }],
    ['主体施工至三层', { milestone: 'construction', inexact: true }],
    ['厂房已竣工', { milestone: 'finish', inexact: true }],
    ['已开工，正在桩基施工', { milestone: 'construction', inexact: true }],
    ['2023年3月已开工', { milestone: 'start', inexact: true }],
    ['已于3月开工', { milestone: 'start', inexact: true }],
    ['项目已于2023年3月15日开工建设', { milestone: 'start', inexact: true }],
    ['2022年底已竣工', { milestone: 'finish', inexact: true }],
    ['项目已开工建设，完成投资30%', { milestone: 'start', inexact: true }],
    ['已开工，累计完成投资1,200万元', { milestone: 'start', inexact: true }],
    ['暂停', { sideState: 'suspended' }],
    ['已停工', { sideState: 'suspended' }],
    ['因资金停工', { sideState: 'suspended', inexact: true }],
    ['已调出', { sideState: 'removed' }],
    ['项目终止', { sideState: 'terminated' }],
    ['未开工', { none: 'not-yet' }],
    ['计划年内开工', { none: 'not-yet' }],
    ['储备', { none: 'not-yet' }],
    ['书记调研', { none: 'unknown' }],
    ['征地拆迁', { none: 'unknown' }],
  ])('%s', (text, fact) => {
    expect(readStage(text)).toEqual(fact)
  })

  test.each(
    words(
      '无法开工 不能开工 开工准备 施工招标 施工图审查 竣工验收准备 建设用地规划许可证办理中 没有开工 难以开工 开工手续办理 力争年底开工 年内开工 完工70% 部分完工 交付场地 施工许可证办理中 具备开工条件 尚不具备开工条件 项目未能竣工 完成立项、未开工 规划许可 10月开工 暂不开工 竣工验收中 验收阶段 一期已竣工 计划2023年3月开工 2023年3月开工 已定于3月开工 3月15日前已开工 2023年3月已具备开工条件 已于3月完成施工招标 完成投资30% 已开工，完工70%',
    ),
  )('%s registers nothing', (text) => {
    expect(readStage(text)).toEqual({ none: 'open' })
  })

  test.each(words('停工后已复工 未停工 春节停工已复工 不调出 拟调出 建议终止 停工风险'))(
    '%s is no halt',
    (text) => {
      expect(readStage(text)).toEqual({ none: 'open' })
    },
  )
})
