/**
 * Writes a PMTiles archive (version 3) with the layers of the Protomaps basemap schema, so that the
 * setting PMTILES_URL is tried with a real file. Format: github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 */
import { gzipSync } from 'node:zlib'
import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { FeatureCollection } from 'geojson'
import { zxyToTileId } from 'pmtiles'

/** A layer of the Protomaps schema (earth, water, boundaries, places, roads, landuse …). */
export type BasemapLayers = Record<string, FeatureCollection>

export interface ArchiveExtent {
  /** [west, south, east, north], degrees. */
  bounds: readonly [number, number, number, number]
  minZoom: number
  maxZoom: number
}

const headerBytes = 127
const gzip = 2
const mvt = 1

/** A PMTiles archive (version 3, gzip, vector tiles) of the layers, every tile of the extent. */
export function writeArchive(layers: BasemapLayers, extent: ArchiveExtent): Uint8Array {
  const indexes = Object.entries(layers).map(
    ([name, data]) =>
      [name, new GeoJSONVT(data, { extent: 4096, maxZoom: extent.maxZoom })] as const,
  )
  const tiles = tilesOf(extent)
    .map(({ z, x, y }) => ({ id: zxyToTileId(z, x, y), bytes: encode(indexes, z, x, y) }))
    .filter((tile) => tile.bytes !== null)
    .sort((a, b) => a.id - b.id) as { id: number; bytes: Uint8Array }[]
  const directory = gzipSync(encodeDirectory(tiles))
  const metadata = gzipSync(
    JSON.stringify({
      name: 'Basemap of the test',
      vector_layers: Object.keys(layers).map((id) => ({ id, fields: {} })),
    }),
  )
  const data = Buffer.concat(tiles.map((tile) => tile.bytes))
  const header = encodeHeader(extent, tiles.length, directory.length, metadata.length, data.length)
  return Buffer.concat([header, directory, metadata, data])
}

function tilesOf({ bounds, minZoom, maxZoom }: ArchiveExtent) {
  const [west, south, east, north] = bounds
  const tiles: { z: number; x: number; y: number }[] = []
  for (let z = minZoom; z <= maxZoom; z += 1) {
    const [left, top] = tileAt(west, north, z)
    const [right, bottom] = tileAt(east, south, z)
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) tiles.push({ z, x, y })
    }
  }
  return tiles
}

/** The tile that holds a position (web mercator). */
function tileAt(lon: number, lat: number, z: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
  return [Math.floor(((lon + 180) / 360) * 2 ** z), Math.floor(y * 2 ** z)]
}

function encode(indexes: (readonly [string, GeoJSONVT])[], z: number, x: number, y: number) {
  const tiles = Object.fromEntries(
    indexes.flatMap(([name, index]) => {
      const tile = index.getTile(z, x, y)
      return tile && tile.features.length > 0 ? [[name, tile]] : []
    }),
  )
  if (Object.keys(tiles).length === 0) return null
  return gzipSync(fromGeojsonVt(tiles, { version: 2, extent: 4096 }))
}

/** Ids as differences, run lengths, lengths, then offsets (0: directly behind the one before). */
function encodeDirectory(tiles: { id: number; bytes: Uint8Array }[]): Uint8Array {
  const values = [
    tiles.length,
    ...tiles.map((tile, index) => tile.id - (tiles[index - 1]?.id ?? 0)),
    ...tiles.map(() => 1),
    ...tiles.map((tile) => tile.bytes.length),
    ...tiles.map((_, index) => (index === 0 ? 1 : 0)),
  ]
  return Uint8Array.from(values.flatMap(varint))
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

function encodeHeader(
  extent: ArchiveExtent,
  tiles: number,
  directory: number,
  metadata: number,
  data: number,
): Uint8Array {
  const header = Buffer.alloc(headerBytes)
  header.write('PMTiles', 'ascii')
  header.writeUInt8(3, 7)
  const behindDirectory = headerBytes + directory
  const behindMetadata = behindDirectory + metadata
  const places = [headerBytes, directory, behindDirectory, metadata, 0, 0, behindMetadata, data]
  for (const [index, value] of [...places, tiles, tiles, tiles].entries()) {
    header.writeBigUInt64LE(BigInt(value), 8 + index * 8)
  }
  const [west, south, east, north] = extent.bounds
  header.set([1, gzip, gzip, mvt, extent.minZoom, extent.maxZoom], 96)
  const degrees = (value: number, at: number) => header.writeInt32LE(Math.round(value * 1e7), at)
  degrees(west, 102)
  degrees(south, 106)
  degrees(east, 110)
  degrees(north, 114)
  header.writeUInt8(extent.minZoom, 118)
  degrees((west + east) / 2, 119)
  degrees((south + north) / 2, 123)
  return header
}
