import type { Source } from 'api/import/cell'
import { ImportFailure } from 'api/import/failure'
import { readInWorker } from 'api/import/read-in-worker'
import { readSource } from 'api/import/read-source'
import { describe, expect, test } from 'vitest'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** The code of the refusal of a whole file. */
function refusal(bytes: Uint8Array, name: string): string {
  try {
    readSource(bytes, name)
    return 'accepted'
  } catch (error) {
    if (error instanceof ImportFailure) return error.code
    throw error
  }
}
describe('GeoJSON', () => {
  const feature = (geometry: unknown, properties: unknown = { name: '甲' }) => ({
    type: 'Feature',
    geometry,
    properties,
  })
  const collection = (...features: unknown[]) =>
    utf8(JSON.stringify({ type: 'FeatureCollection', features }))
  const ring = (...positions: unknown[]) => ({ type: 'Polygon', coordinates: [positions] })

  test('properties are columns, features rows', () => {
    const { sheets, crs } = readSource(
      collection(
        feature({ type: 'Point', coordinates: [113.1, 27.8] }, { name: '甲', adcode: 430211 }),
        feature(null, { name: '乙', parent: { adcode: 430200 } }),
      ),
      'x.geojson',
    )
    expect(crs).toBe('wgs84')
    expect(sheets[0]?.rows).toEqual([
      ['name', 'adcode', 'parent'],
      ['甲', 430_211, null],
      ['乙', null, '430200'],
    ])
  })

  test.each([
    [
      'a ring that is not closed',
      ring([113, 27], [114, 27], [114, 28], [113, 28]),
      'ring_not_closed',
    ],
    ['string coordinates', { type: 'Point', coordinates: ['113', '27'] }, 'coordinate_not_number'],
    ['latitude first', { type: 'Point', coordinates: [27.8, 113.1] }, 'position_swapped'],
    ['null coordinates', { type: 'Point', coordinates: [null, 27] }, 'coordinate_not_number'],
    [
      'a geometry of unknown type',
      { type: 'Circle', coordinates: [1, 2] },
      'geometry_type_unknown',
    ],
    [
      'a bow tie',
      ring([113, 27], [114, 28], [114, 27], [113, 28], [113, 27]),
      'ring_self_intersects',
    ],
  ])('%s is a fault of its row', (_, geometry, code) => {
    const { sheets } = readSource(collection(feature(geometry)), 'x.geojson')
    expect(sheets[0]?.shapes?.[1]).toEqual({
      fault: expect.stringContaining(code),
    })
  })

  test('a million vertices are a fault of their row, read in a thread of its own', async () => {
    const line = Array.from({ length: 1_000_000 }, (_, index) => [113 + index / 1e7, 27])
    const bytes = collection(feature({ type: 'LineString', coordinates: line }))
    const { sheets } = await readInWorker(bytes, 'x.geojson')
    expect(sheets[0]?.shapes?.[1]).toEqual({
      fault: expect.stringContaining('vertices_over_limit'),
    })
  })

  test('plane metres are converted before they are checked', () => {
    const bytes = collection(feature({ type: 'Point', coordinates: [38_413_000, 3_079_000] }))
    const source: Source = readSource(bytes, 'x.geojson', 'gk3-38')
    expect(source.convertedFrom).toBe('gk3-38')
    expect(source.sheets[0]?.shapes?.[1]).toMatchObject({
      geometry: { coordinates: [expect.closeTo(113.12, 1), expect.closeTo(27.83, 1)] },
    })
  })

  test.each([
    ['cut short', '{"type":"FeatureCollection","features":[', 'JSON_INVALID'],
    ['NaN', '{"type":"Point","coordinates":[NaN,27]}', 'JSON_INVALID'],
    ['another JSON', '{"a":1}', 'GEOJSON_INVALID'],
    [
      'nested a thousand deep',
      `{"type":"Point","coordinates":${'['.repeat(1000)}${']'.repeat(1000)}}`,
      'JSON_TOO_DEEP',
    ],
    ['nested a million deep', '{"a":'.repeat(1_000_000), 'JSON_INVALID'],
    [
      'an unknown system',
      '{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:2437"}}}',
      'CRS_UNKNOWN',
    ],
  ])('%s is refused', (_, text, code) => {
    expect(refusal(utf8(text), 'x.geojson')).toBe(code)
  })
})
