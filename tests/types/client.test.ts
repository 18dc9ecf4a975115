import type { Client } from 'api/client'
import type { Project, ProjectDetail } from 'api/project/contract'
import type { Report, ReportInput } from 'api/report/contract'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { expectTypeOf, test } from 'vitest'

// The compiler is the judge here (`npm run check`); running them only counts them.

test('answers have the types of their contracts', () => {
  expectTypeOf<InferResponseType<Client['project']['$get'], 200>>().toEqualTypeOf<{
    total: number
    rows: Project[]
  }>()
  expectTypeOf<
    InferResponseType<Client['project'][':id']['$get'], 200>
  >().toEqualTypeOf<ProjectDetail>()
  expectTypeOf<InferResponseType<Client['report']['$post'], 201>>().toEqualTypeOf<Report>()
})

test('bodies are those of the contract, queries are text with their words', () => {
  type Query = InferRequestType<Client['project']['$get']>['query']
  expectTypeOf<InferRequestType<Client['report']['$post']>['json']>().toEqualTypeOf<ReportInput>()
  expectTypeOf<Query['light']>().toEqualTypeOf<
    'red' | 'amber' | 'green' | 'stale' | 'finished' | 'none' | undefined
  >()
  expectTypeOf<Query['limit']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<InferRequestType<Client['project'][':id']['$get']>['param']>().toEqualTypeOf<{
    id: string
  }>()
})
