import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { validate } from '../http/validate.ts'
import { askerOf } from '../http/viewer.ts'
import { HotspotAnswers } from './answers.ts'
import {
  HotspotFilter,
  HotspotHistory,
  HotspotHistoryFilter,
  HotspotMeasures,
  Hotspots,
} from './contract.ts'

const tag = '热点'

export const hotspotRoutes = (deps: Deps) => {
  const answers = new HotspotAnswers(deps)
  return new Hono()
    .get(
      '/',
      describe({ tag, summary: '滞后超出偶然地集中在哪里，那里的项目有什么共同点' }, Hotspots),
      validate('query', HotspotFilter),
      async (c) => c.json(await answers.map(askerOf(c), c.req.valid('query')), 200),
    )
    .get(
      '/history',
      describe({ tag, summary: '热点历期的变化：新出现、持续、加剧、消退' }, HotspotHistory),
      validate('query', HotspotHistoryFilter),
      async (c) => c.json(await answers.history(askerOf(c), c.req.valid('query')), 200),
    )
    .get(
      '/measure',
      describe({ tag, summary: '各项目的滞后量，供页面按自选半径计算' }, HotspotMeasures),
      validate('query', HotspotFilter),
      async (c) => c.json(await answers.measures(askerOf(c), c.req.valid('query')), 200),
    )
}
