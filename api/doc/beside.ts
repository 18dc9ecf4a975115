/** What lies beside /api on the same origin; its routes are no part of the typed API. */
const servers = [{ url: '/' }]
const whole = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'integer', minimum: 0 },
})
const layer = {
  name: 'layer',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: ['project', 'unit', 'park'] },
}
const json = (properties: Record<string, { type: string }>) => ({
  'application/json': { schema: { type: 'object', properties } },
})
const failed = { description: '出错；error.code 不变，error.message 给人看' }

/** Tiles and health for the OpenAPI document. */
export const besidePaths = {
  '/tile/{layer}/{z}/{x}/{y}.mvt': {
    get: {
      servers,
      tags: ['瓦片'],
      summary: '矢量瓦片（MVT 2，Web 墨卡托）',
      parameters: [layer, whole('z', '层级，0 到 24'), whole('x', '列'), whole('y', '行')],
      responses: {
        200: {
          description: '瓦片',
          content: {
            'application/vnd.mapbox-vector-tile': { schema: { type: 'string', format: 'binary' } },
          },
        },
        204: { description: '此处没有要素' },
        304: { description: '与 If-None-Match 所说的相同，没有内容' },
        default: failed,
      },
    },
  },
  '/tile/{layer}.json': {
    get: {
      servers,
      tags: ['瓦片'],
      summary: '图层说明（TileJSON 3）：瓦片地址、层级与属性',
      parameters: [layer],
      responses: {
        200: {
          description: '成功',
          content: json({
            tilejson: { type: 'string' },
            tiles: { type: 'array' },
            vector_layers: { type: 'array' },
          }),
        },
        default: failed,
      },
    },
  },
  '/health/live': {
    get: {
      servers,
      tags: ['运行状况'],
      summary: '进程在运行',
      responses: { 200: { description: '在运行', content: json({ status: { type: 'string' } }) } },
    },
  },
  '/health/ready': {
    get: {
      servers,
      tags: ['运行状况'],
      summary: '数据库有回答，表结构齐全',
      responses: {
        200: {
          description: '可用',
          content: json({ status: { type: 'string' }, database: { type: 'string' } }),
        },
        503: {
          description: '暂不可用，reason 说明原因',
          content: json({ status: { type: 'string' }, reason: { type: 'string' } }),
        },
      },
    },
  },
}
