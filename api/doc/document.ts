import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import { z } from 'zod'
import { besidePaths } from './beside.ts'

/** The parts of an OpenAPI 3.1 document that the page shows; the rest passes through unread. */
export const OpenApi = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        tags: z.array(z.string()).default([]),
        summary: z.string().default(''),
        /** Where the path is not below that of the document. */
        servers: z.array(z.looseObject({ url: z.string() })).optional(),
        parameters: z
          .array(
            z.looseObject({
              name: z.string(),
              in: z.string(),
              required: z.boolean().default(false),
              schema: z.unknown(),
            }),
          )
          .default([]),
        requestBody: z.unknown().optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
})
export type OpenApi = z.infer<typeof OpenApi>

const description = [
  '与网页所用接口相同，由同一套校验规则生成。',
  '金额单位万元；日期 YYYY-MM-DD；坐标 [经度, 纬度]，EPSG:4326（与 CGCS2000 相差厘米级）。',
  'asOf 查看某一时刻已知的情况，只给日期时指该日（北京时间）结束时。',
  '须先登录（POST /session），之后凭 Cookie；只看得到、改得到本人管辖范围内的数据。',
  '出错时返回 {"error":{"code","message","details","requestId"}}，code 不变。',
].join('\n')

/** The OpenAPI 3.1 document of the routes, from the schemas that check their requests. */
export async function describeApi(app: Hono, version: string): Promise<OpenApi> {
  const specs = await generateSpecs(app, {
    documentation: {
      info: { title: 'onemap 全市项目一张图 接口', version, description },
      servers: [{ url: '/api' }],
      // Read back below as whatever it is.
      paths: besidePaths as never,
    },
    defaultValidationErrorResponse: false,
    // A workbook's path looks like a file's.
    excludeStaticFile: false,
  })
  return OpenApi.parse(specs)
}
