import type { Database } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { ByteCache } from '../map/byte-cache.ts'
import { type MapStore, mapStore } from '../map/store.ts'
import { within } from '../patience.ts'
import { readAreas } from './areas.ts'
import type { Layer } from './index-worker.ts'
import { buffersOf, pointColumns } from './points.ts'
import { type Encoded, WorkerLink } from './worker-link.ts'

export const tileType = 'application/vnd.mapbox-vector-tile'

/** An encoded tile (gzip; null when nothing lies in it) with the headers that go with it. */
export interface Tile {
  body: Encoded['body']
  headers: Record<'etag' | 'cache-control' | 'vary' | 'x-content-type-options', string>
  packedHeaders: Record<string, string>
}

/** The tiles of one version of a layer. */
interface Shelf {
  version: string
  tiles: ByteCache<Tile>
}

const shelfBytes = 64 * 1024 * 1024
/** What a tile takes beside its content: keys, headers, buffers; most tiles are smaller than that. */
const besideBytes = 2000
/** How long a request waits for the newest version where an older one could be given. */
const patienceMs = 300

/**
 * Encoded tiles from memory: each is made once per version, whoever asks for it at the same time.
 * A new version is loaded when the first request asks for it.
 */
export class TileStore {
  readonly #db: Database
  readonly #map: MapStore
  readonly #link: WorkerLink
  readonly #shelves = new Map<Layer, Shelf>()
  readonly #loading = new Map<Layer, Promise<void>>()
  #areaSeq: number

  constructor(deps: Deps) {
    this.#db = deps.db
    this.#map = mapStore(deps)
    this.#areaSeq = this.#map.live.seq
    this.#link = new WorkerLink((error) => {
      this.#shelves.clear()
      deps.log.error({ err: error }, 'the tile worker ended: its indexes are loaded again')
    })
    this.#map.live.subscribe((changes) => {
      const last = changes.findLast(({ noun }) => noun === 'unit' || noun === 'park')
      if (last) this.#areaSeq = last.seq
    })
  }

  /** How many tiles of the present version of a layer were made rather than found. */
  made(layer: Layer): number {
    return this.#shelves.get(layer)?.tiles.made ?? 0
  }

  /** A tile of the newest version when it is already encoded. */
  peek(layer: Layer, z: number, x: number, y: number): Tile | undefined {
    const shelf = this.#shelves.get(layer)
    if (shelf === undefined || shelf.version !== this.#newest(layer)) return undefined
    return shelf.tiles.peek(keyOf(z, x, y))
  }

  async tile(layer: Layer, z: number, x: number, y: number): Promise<Tile> {
    const shelf = await this.#shelf(layer)
    return shelf.tiles.get(keyOf(z, x, y), async () =>
      tileOf(await this.#link.ask({ layer, z, x, y })),
    )
  }

  close(): Promise<void> {
    return this.#link.close()
  }

  async #shelf(layer: Layer): Promise<Shelf> {
    const older = this.#shelves.get(layer)
    if (older && older.version === this.#newest(layer)) return older
    const fresh = this.#fresh(layer)
    if (!older) return fresh
    return within(fresh, patienceMs, () => this.#shelves.get(layer) ?? older)
  }

  /**
   * A shelf that holds every change known at the time of the call: a loading that is under way may
   * have begun before, the one after it has not. Under steady writing no shelf stays the newest.
   */
  async #fresh(layer: Layer): Promise<Shelf> {
    for (let loaded = 0; ; loaded++) {
      const shelf = this.#shelves.get(layer)
      if (shelf && (loaded > 1 || shelf.version === this.#newest(layer))) return shelf
      const loading =
        this.#loading.get(layer) ?? this.#load(layer).finally(() => this.#loading.delete(layer))
      this.#loading.set(layer, loading)
      await loading
    }
  }

  async #load(layer: Layer): Promise<void> {
    if (layer === 'project') {
      const snapshot = await this.#map.current()
      const points = pointColumns(snapshot.rows)
      await this.#link.ask({ points }, buffersOf(points))
      this.#shelves.set(layer, newShelf(snapshot.version))
      return
    }
    const version = String(this.#areaSeq)
    await this.#link.ask({ layer, areas: await readAreas(this.#db.sql, layer) })
    this.#shelves.set(layer, newShelf(version))
  }

  #newest(layer: Layer): string | undefined {
    return layer === 'project' ? this.#map.peek()?.version : String(this.#areaSeq)
  }
}

function newShelf(version: string): Shelf {
  return {
    version,
    tiles: new ByteCache(shelfBytes, (tile) => (tile.body?.length ?? 0) + besideBytes),
  }
}

/** Plain objects, made once: the server writes them without building Headers. */
function tileOf({ body, tag }: Encoded): Tile {
  const headers = {
    etag: `W/"${tag}"`,
    'cache-control': 'no-cache',
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  }
  const packedHeaders = {
    ...headers,
    'content-type': tileType,
    'content-encoding': 'gzip',
    'content-length': String(body?.length ?? 0),
    'x-content-type-options': 'nosniff',
  }
  return { body, headers, packedHeaders }
}

const keyOf = (z: number, x: number, y: number) => `${z}/${x}/${y}`
