/*
 * The rule sets that come with the product, for any city. Never edited: a city changes one into a
 * version of its own.
 */
import type { LightTopic } from '../contract.ts'
import type { LightRule, LightTerms } from './contract.ts'

const clauses: LightTopic[] = [
  'start',
  'progress',
  'payment',
  'statistics',
  'silence',
  'preliminary',
  'aside',
  'evidence',
]
const overdue = { unit: 'day', amber: 30, red: 90 } as const
const shared: LightTerms = {
  method: 'plan',
  start: overdue,
  progress: { percent: { amberPoints: 10, redPoints: 30, redAbove: false }, step: overdue },
  payment: { amberPoints: 5, redPoints: 15, redAbove: false },
  statistics: overdue,
  staleDays: 45,
  preliminary: { step: overdue, staleDays: 45 },
  evidence: {
    days: 60,
    wanted: 1,
    money: { amberPoints: 5, redPoints: 15, redAbove: false },
  },
  judges: ['start', 'payment'],
}

/** Money against the project's own approved monthly plan; what holds where a city has adopted nothing. */
export const own: LightRule = { name: '本市', version: 1, ...shared, categories: [], clauses }

/** The one that most cities publish: done against the share of the year that has passed. */
export const straight: LightRule = {
  ...own,
  name: '时间进度',
  method: 'straight',
  payment: { amberPoints: 10, redPoints: 20, redAbove: false },
}

/** As 银川 publishes: 10 to 30 points amber, more red; a start one month overdue amber, three red; four lights. */
export const yinchuan: LightRule = {
  ...own,
  name: '银川式',
  start: { unit: 'month', amber: 1, red: 3 },
  progress: {
    percent: { amberPoints: 10, redPoints: 30, redAbove: true },
    step: { unit: 'month', amber: 1, red: 3 },
  },
  payment: { amberPoints: 10, redPoints: 30, redAbove: true },
  statistics: { unit: 'month', amber: 1, red: 3 },
  judges: ['start', 'progress', 'payment', 'statistics'],
}

export const shipped: readonly LightRule[] = [own, straight, yinchuan]
