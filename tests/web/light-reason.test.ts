import { LightCause } from 'api/light/contract'
import { sentenceOf } from 'api/light/sentence'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import english from 'web/i18n/en/project.json' with { type: 'json' }
import chinese from 'web/i18n/zh/project.json' with { type: 'json' }
import { reasonText } from 'web/light/light-reason.tsx'

const money = { code: 'money', month: '2023-04-01', annualWan: 12_000, plannedWan: 3100.5 } as const
const causes: LightCause[] = [
  ...(LightCause.options[0].shape.code.options.map((code) => ({ code })) satisfies LightCause[]),
  { code: 'notYet', plannedStart: '2023-09-30' },
  { code: 'silent', month: '2023-02-01', days: 92 },
  { code: 'noMoney', month: '2023-05-01' },
  { code: 'startLate', plannedStart: '2023-03-02', days: 90 },
  { ...money, doneWan: 2010, lagPoints: -9.1 },
  { ...money, doneWan: 3100.5, lagPoints: 0 },
  { ...money, doneWan: 1_234_567.89, lagPoints: 12 },
]

async function words(language: 'zh' | 'en') {
  const i18n = createInstance()
  const project = { zh: chinese, en: english }[language]
  await i18n.init({
    lng: language,
    resources: { [language]: { project } },
    showSupportNotice: false,
  })
  return i18n.t
}

test('every cause of the contract is worded', () => {
  const known = LightCause.options.flatMap(({ shape }) =>
    'options' in shape.code ? shape.code.options : [...shape.code.values],
  )
  expect(new Set(causes.map(({ code }) => code))).toEqual(new Set(known))
})

test.each(causes)('the page says in Chinese what the server says: $code', async (cause) => {
  const t = await words('zh')
  const both: LightCause[] = [cause, { code: 'firstDue' }]
  expect(reasonText(t, { causes: both, rule: '本市 v1' })).toBe(sentenceOf(both, '本市 v1'))
})

test.each(causes)('in English no Chinese is left but names and the unit: $code', async (cause) => {
  const t = await words('en')
  const text = reasonText(t, { causes: [cause], rule: 'v1' })
  expect(text.replaceAll('万元', '')).not.toMatch(/[\u4e00-\u9fff]|cause\./)
})
