import { describe, expect, it } from 'vitest'
import { moneyPlaces } from 'web/investment/money-place.ts'
import { lightOrder } from 'web/light/light.ts'
import { buildStyle, tiandituBasemap } from 'web/map/basemap.ts'
import { clipLines, runsInside } from 'web/map/clip-line.ts'
import { layerOrder } from 'web/map/layer-order.ts'
import { namePlaces } from 'web/map/name-place.ts'
import type { Palette } from 'web/map/palette.ts'
import { countPlaced, projectPoints } from 'web/project/project-layer.ts'
import { buildTable } from 'web/project/table.ts'

const colour = '#123456'
const palette: Palette = {
  theme: 'day',
  font: ['Noto Sans SC'],
  ...{ outside: colour, land: colour, water: colour, line: colour, text: colour, quiet: colour },
  ...{ halo: colour, park: colour, accent: colour, hot: colour, paper: colour, ink: colour },
  light: {
    red: colour,
    amber: colour,
    green: colour,
    stale: colour,
    finished: colour,
    none: colour,
  },
}

/** Four rows: surveyed red, park amber at the same place twice (one not counted), one without position. */
const table = buildTable({
  version: '1',
  seq: 1,
  partial: false,
  asOf: '2023-05-31T16:00:00Z',
  date: '2023-05-31',
  year: 2023,
  rule: '本市 v1',
  words: {
    category: ['industry'],
    stage: ['building'],
    light: [...lightOrder],
    positionQuality: ['surveyed', 'park', 'none'],
    provenance: ['published'],
    planKind: ['construction'],
  },
  gone: [],
  columns: {
    id: [11, 12, 13, 14],
    code: ['A', 'B', 'C', 'D'],
    name: ['甲', '乙', '丙', '丁'],
    initials: ['j', 'y', 'b', 'd'],
    enterprise: ['', '', '', ''],
    unit: [1, 1, 1, 1],
    park: [-1, 5, 5, -1],
    lon: [11_310_000, 11_320_000, 11_320_000, null],
    lat: [2_780_000, 2_790_000, 2_790_000, null],
    category: [0, 0, 0, 0],
    stage: [0, 0, 0, 0],
    light: [0, 1, 1, 2],
    start: [0, 1, 1, 2],
    progress: [0, 1, 1, 2],
    payment: [0, 1, 1, 2],
    statistics: [0, 1, 1, 2],
    lightOriginal: [0, 1, 1, 2],
    startOriginal: [0, 1, 1, 2],
    progressOriginal: [0, 1, 1, 2],
    paymentOriginal: [0, 1, 1, 2],
    evidence: [0, 1, 1, 2],
    disagrees: [0, 0, 0, 0],
    positionQuality: [0, 1, 1, 2],
    provenance: [0, 0, 0, 0],
    planKind: [0, 0, 0, 0],
    counted: [1, 1, 0, 1],
    totalWan: [50_000, null, 100, 100],
    annualWan: [20_000, 3_000, 500, 100],
    doneWan: [5_000, null, 100, 100],
    plannedWan: [null, null, null, null],
    lagPoints: [null, null, null, null],
    reported: [-1, -1, -1, -1],
  },
})
const all = Uint32Array.from([0, 1, 2, 3])

describe('projectPoints', () => {
  it('gives one point per row that has a position, with what the symbol needs', () => {
    expect(projectPoints(table, all).features.map((feature) => feature)).toEqual([
      {
        type: 'Feature',
        id: 11,
        geometry: { type: 'Point', coordinates: [113.1, 27.8] },
        properties: { id: 11, light: 'red', positionQuality: 'surveyed', totalWan: 50_000 },
      },
      {
        type: 'Feature',
        id: 12,
        geometry: { type: 'Point', coordinates: [113.2, 27.9] },
        properties: { id: 12, light: 'amber', positionQuality: 'park', totalWan: 0 },
      },
      {
        type: 'Feature',
        id: 13,
        geometry: { type: 'Point', coordinates: [113.2, 27.9] },
        properties: { id: 13, light: 'amber', positionQuality: 'park', totalWan: 100 },
      },
    ])
    expect(countPlaced(table, all)).toBe(3)
  })
})

describe('moneyPlaces', () => {
  it('sums counted rows at one place, a child never beside its parent', () => {
    expect(moneyPlaces(table, all, 0)).toEqual([
      { position: [113.1, 27.8], annualWan: 20_000, doneWan: 5_000 },
      { position: [113.2, 27.9], annualWan: 3_000, doneWan: 0 },
    ])
  })
  it('joins neighbours in one cell', () => {
    expect(moneyPlaces(table, all, 1)).toEqual([
      { position: [113.15, 27.85], annualWan: 23_000, doneWan: 5_000 },
    ])
  })
})

describe('buildStyle', () => {
  const ids = (basemap: Parameters<typeof buildStyle>[0]['basemap']) =>
    buildStyle({ palette, scale: 1, basemap, tiles: false }).layers.map(({ id }) => id)
  it('draws its layers in the declared order and needs no glyphs, no sprite', () => {
    const style = buildStyle({ palette, scale: 1, basemap: null, tiles: false })
    expect(style.layers.map(({ id }) => id)).toEqual(['background', ...layerOrder])
    expect([style.glyphs, style.sprite]).toEqual([undefined, undefined])
  })
  it('keeps borders, parks, names and projects above another basemap', () => {
    const ground = ['unit-land', 'river-edge', 'river', 'province', 'river-name', 'place-name']
    expect(ids(tiandituBasemap('key'))).toEqual([
      'background',
      'tianditu-vec',
      'tianditu-cva',
      ...layerOrder.filter((id) => !ground.includes(id)),
    ])
  })
})

describe('clipLines', () => {
  const box = [0, 0, 10, 10] as const
  it('keeps runs of vertices inside', () => {
    const line = [
      [-1, 1],
      [1, 1],
      [2, 1],
      [11, 1],
      [9, 9],
      [12, 9],
      [3, 3],
      [4, 4],
    ]
    expect(runsInside(line, box)).toEqual([
      [
        [1, 1],
        [2, 1],
      ],
      [
        [3, 3],
        [4, 4],
      ],
    ])
  })
  it('drops a line that lies outside and leaves points alone', () => {
    const place = { type: 'Point' as const, coordinates: [50, 50] }
    const away = {
      type: 'LineString' as const,
      coordinates: [
        [20, 20],
        [21, 21],
      ],
    }
    const features: Parameters<typeof clipLines>[0] = {
      type: 'FeatureCollection',
      features: [place, away].map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
    }
    expect(clipLines(features, box).features.map(({ geometry }) => geometry)).toEqual([place])
  })
})

describe('namePlaces', () => {
  it('begins at the point and goes round it', () => {
    const places = namePlaces([
      { em: 0, places: 1 },
      { em: 2, places: 16 },
    ])
    expect(places).toHaveLength(34)
    expect(places.slice(0, 4)).toEqual(['center', [0, 0], 'center', [0, 2]])
  })
})
