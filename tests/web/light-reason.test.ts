import { LightCause } from 'api/light/contract'
import { sentenceOf } from 'api/light/sentence'
import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import english from 'web/i18n/en/light.json' with { type: 'json' }
import chinese from 'web/i18n/zh/light.json' with { type: 'json' }
import { reasonText } from 'web/light/light-reason.tsx'

const money = { code: 'money', month: '2023-04-01', annualWan: 12_000, plannedWan: 3100.5 } as const
const causes: LightCause[] = [
  ...(LightCause.options[0].shape.code.options.map((code) => ({ code })) satisfies LightCause[]),
  { code: 'notYet', plannedStart: '2023-09-30' },
  { code: 'startAhead', plannedStart: '2023-09-30' },
  { code: 'silent', month: '2023-02-01', days: 92 },
  { code: 'noMoney', month: '2023-05-01' },
  { code: 'startLate', plannedStart: '2023-03-02', days: 90 },
  { code: 'startSoon', plannedStart: '2023-05-02', days: 29 },
  { code: 'begun', startedOn: '2023-05-02', days: null },
  { code: 'begun', startedOn: '2023-05-02', days: 0 },
  { code: 'begun', startedOn: '2023-05-02', days: 12 },
  { code: 'begun', startedOn: '2023-05-02', days: -3 },
  { code: 'stepLate', step: 'A', plannedOn: '2023-03-02', days: 90 },
  { code: 'stepSoon', step: 'A', plannedOn: '2023-05-02', days: 29 },
  { code: 'stepAhead', step: 'A', plannedOn: '2023-09-02' },
  { code: 'percent', month: '2023-04-01', percent: 7.5, expected: 16, lagPoints: -8.5 },
  { code: 'percent', month: '2023-04-01', percent: 16, expected: 16, lagPoints: 0 },
  { code: 'outOfStatistics', days: 90, told: true },
  { code: 'outOfStatistics', days: 90, told: false },
  {
    code: 'evidence',
    photoOn: '2023-05-02',
    proofOn: '2023-04-02',
    paidMonth: '2023-04-01',
    verifiedMonth: '2023-03-01',
  },
  { ...money, code: 'straight', doneWan: 3100.5, lagPoints: 0 },
  { ...money, code: 'straight', doneWan: 2010, lagPoints: -9.1 },
  { ...money, code: 'provenMoney', doneWan: 2010, lagPoints: -9.1 },
  { ...money, doneWan: 2010, lagPoints: -9.1 },
  { ...money, doneWan: 3100.5, lagPoints: 0 },
  { ...money, doneWan: 1_234_567.89, lagPoints: 12 },
]

async function words(language: 'zh' | 'en') {
  const i18n = createInstance()
  const light = { zh: chinese, en: english }[language]
  await i18n.init({
    lng: language,
    resources: { [language]: { light } },
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
  for (const clauses of [[], [3], [1, 3]]) {
    const said = reasonText(t, { causes: both, rule: '本市 v1', clauses })
    expect(said).toBe(sentenceOf(both, '本市 v1', clauses))
  }
})

test.each(causes)('in English no Chinese is left but names and the unit: $code', async (cause) => {
  const t = await words('en')
  const text = reasonText(t, { causes: [cause], rule: 'v1', clauses: [2] })
  expect(text.replaceAll('万元', '')).not.toMatch(/[\u4e00-\u9fff]|cause\./)
})
