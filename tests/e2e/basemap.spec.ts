import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { PMTiles } from 'pmtiles'
import { type BasemapLayers, writeArchive } from '../support/pmtiles.ts'
import { serveCity } from '../support/serve.ts'

const bounds = [112.8, 26, 114.2, 28.2] as const

const feature = (geometry: Geometry, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  geometry,
  properties,
})
const collection = (...features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
})
const box = (west: number, south: number, east: number, north: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

/** A little of the schema: land, a lake wider than the city's centre, a highway, a town with its name. */
const layers: BasemapLayers = {
  earth: collection(feature(box(...bounds), { kind: 'earth' })),
  water: collection(feature(box(113.02, 27.6, 113.3, 27.9), { kind: 'lake' })),
  roads: collection(
    feature(
      {
        type: 'LineString',
        coordinates: [
          [112.9, 27.2],
          [114.1, 27.4],
        ],
      },
      { kind: 'highway', min_zoom: 3 },
    ),
  ),
  places: collection(
    feature(
      { type: 'Point', coordinates: [113.5, 26.8] },
      { kind: 'locality', name: '茶陵', min_zoom: 4, population_rank: 9 },
    ),
  ),
}

test.describe('PMTILES_URL', () => {
  test.skip(
    process.env['ONEMAP_TEST_DATABASE_URL'] === undefined,
    'starts a second server: two embedded databases at once can crash',
  )
  const folder = mkdtempSync(join(tmpdir(), 'onemap-pmtiles-'))
  const file = join(folder, 'city.pmtiles')
  let city: Awaited<ReturnType<typeof serveCity>> | undefined

  test.beforeAll(async () => {
    writeFileSync(file, writeArchive(layers, { bounds, minZoom: 4, maxZoom: 10 }))
    city = await serveCity({ PMTILES_URL: file })
  })
  test.beforeEach(async ({ context }) => {
    // Of this server: that of the run knows other people.
    const { cookies } = JSON.parse(readFileSync(city?.state ?? '', 'utf8'))
    await context.clearCookies()
    await context.addCookies(cookies)
  })
  test.afterAll(async () => {
    await city?.end()
    rmSync(folder, { recursive: true })
  })

  test('the file is served by ranges, and its own reader finds header and tiles', async () => {
    const answer = await fetch(`${city?.url}/basemap.pmtiles`, { headers: { range: 'bytes=0-6' } })
    expect(answer.status).toBe(206)
    expect(await answer.text()).toBe('PMTiles')
    const archive = new PMTiles(`${city?.url}/basemap.pmtiles`)
    const header = await archive.getHeader()
    expect([header.minZoom, header.maxZoom, header.minLon]).toEqual([4, 10, 112.8])
    const tile = await archive.getZxy(8, 208, 108)
    expect(tile?.data.byteLength).toBeGreaterThan(0)
  })

  test('the desk draws it below its own shapes', async ({ page }) => {
    const ranges: number[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('/basemap.pmtiles')) ranges.push(response.status())
    })
    await page.goto(`${city?.url}/desk`)
    const map = page.locator('[data-map-state]').first()
    await expect(map).toHaveAttribute('data-map-state', 'painted')
    await expect.poll(() => ranges.length).toBeGreaterThan(1)
    expect(new Set(ranges)).toEqual(new Set([206]))
    const painted = async () => Number(await map.getAttribute('data-painted-projects'))
    await expect.poll(painted).toBeGreaterThan(500)
    await page.screenshot({ path: test.info().outputPath('basemap.png') })
  })
})
