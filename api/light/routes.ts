import { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { describe } from '../http/describe.ts'
import { LightRule } from './contract.ts'
import { readRule } from './queries.ts'

export const lightRoutes = ({ db }: Deps) =>
  new Hono().get(
    '/rule',
    describe({ tag: '亮灯', summary: '现行亮灯规则' }, LightRule),
    async (c) => c.json(await readRule(db.sql), 200),
  )
