import type { Deps } from '../deps.ts'
import { liveOf } from '../event/live.ts'
import { ByteCache } from '../map/byte-cache.ts'
import { mapStore } from '../map/store.ts'
import { within } from '../patience.ts'
import { scopeKey } from '../person/scope.ts'
import type { Scope } from '../person/viewer.ts'
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

/** The tiles of one version of a layer, as one scope shows it. */
interface Shelf {
  version: string
  tiles: ByteCache<Tile>
}

const shelfBytes = 64 * 1024 * 1024
/** Indexes beside those of the whole city; the one that was asked for longest ago makes room. */
const shelvesHeld = 60
/** What a tile takes beside its content: keys, headers, buffers; most tiles are smaller than that. */
const besideBytes = 2000
/** How long a request waits for the newest version where an older one could be given. */
const patienceMs = 300

/**
 * Encoded tiles from memory: each is made once per version, whoever asks for it at the same time.
 * A new version is loaded when the first request asks for it.
 */
export class TileStore {
  readonly #deps: Pick<Deps, 'db' | 'live'>
  readonly #link: WorkerLink
  readonly #shelves = new Map<string, Shelf>()
  readonly #loading = new Map<string, Promise<void>>()
  #areaSeq: number
  #projectSeq: number

  constructor(deps: Deps) {
    const live = liveOf(deps)
    this.#deps = deps
    this.#areaSeq = live.seq
    this.#projectSeq = live.seq
    this.#link = new WorkerLink((error) => {
      this.#shelves.clear()
      deps.log.error({ err: error }, 'the tile worker ended: its indexes are loaded again')
    })
    live.subscribe((changes) => {
      const last = (...nouns: string[]) => changes.findLast(({ noun }) => nouns.includes(noun))?.seq
      this.#areaSeq = last('unit', 'park') ?? this.#areaSeq
      this.#projectSeq = last('project') ?? this.#projectSeq
    })
  }

  /** How many tiles of the present version of a layer were made rather than found. */
  made(scope: Scope, layer: Layer): number {
    return this.#shelves.get(shelfKey(scope, layer))?.tiles.made ?? 0
  }

  /** A tile of the newest version when it is already encoded. */
  peek(scope: Scope, layer: Layer, z: number, x: number, y: number): Tile | undefined {
    const shelf = this.#shelves.get(shelfKey(scope, layer))
    if (shelf === undefined || shelf.version !== this.#newest(scope, layer)) return undefined
    return shelf.tiles.peek(keyOf(z, x, y))
  }

  async tile(scope: Scope, layer: Layer, z: number, x: number, y: number): Promise<Tile> {
    const shelf = await this.#shelf(scope, layer)
    const index = shelfKey(scope, layer)
    return shelf.tiles.get(keyOf(z, x, y), async () =>
      tileOf(await this.#link.ask({ index, z, x, y })),
    )
  }

  close(): Promise<void> {
    return this.#link.close()
  }

  async #shelf(scope: Scope, layer: Layer): Promise<Shelf> {
    const key = shelfKey(scope, layer)
    const older = this.#shelves.get(key)
    if (older && older.version === this.#newest(scope, layer)) return older
    const fresh = this.#fresh(scope, layer)
    if (!older) return fresh
    return within(fresh, patienceMs, () => this.#shelves.get(key) ?? older)
  }

  /**
   * A shelf that holds every change known at the time of the call: a loading that is under way may
   * have begun before, the one after it has not. Under steady writing no shelf stays the newest.
   */
  async #fresh(scope: Scope, layer: Layer): Promise<Shelf> {
    const key = shelfKey(scope, layer)
    for (let loaded = 0; ; loaded++) {
      const shelf = this.#shelves.get(key)
      if (shelf && (loaded > 1 || shelf.version === this.#newest(scope, layer))) return shelf
      const loading =
        this.#loading.get(key) ?? this.#load(scope, layer).finally(() => this.#loading.delete(key))
      this.#loading.set(key, loading)
      await loading
    }
  }

  async #load(scope: Scope, layer: Layer): Promise<void> {
    const index = shelfKey(scope, layer)
    if (layer === 'project') {
      const snapshot = await mapStore(this.#deps, scope).current()
      const points = pointColumns(snapshot.rows)
      await this.#link.ask({ index, points }, buffersOf(points))
      await this.#put(index, snapshot.version)
      return
    }
    const version = this.#areaVersion(scope, layer)
    const asker = { personId: null, scope }
    const areas = await this.#deps.db.read(asker, (tx) => readAreas(tx, layer))
    await this.#link.ask({ index, layer, areas })
    await this.#put(index, version)
  }

  async #put(index: string, version: string): Promise<void> {
    this.#shelves.delete(index)
    this.#shelves.set(index, newShelf(version))
    for (const oldest of this.#shelves.keys()) {
      if (this.#shelves.size <= shelvesHeld) break
      if (oldest.startsWith('all/')) continue
      this.#shelves.delete(oldest)
      await this.#link.ask({ index: oldest, drop: true })
    }
  }

  #newest(scope: Scope, layer: Layer): string | undefined {
    return layer === 'project'
      ? mapStore(this.#deps, scope).peek()?.version
      : this.#areaVersion(scope, layer)
  }

  /** Which parks a scope shows depends on where its projects are. */
  #areaVersion(scope: Scope, layer: 'unit' | 'park'): string {
    const follows = layer === 'park' && !scope.all
    return String(follows ? Math.max(this.#areaSeq, this.#projectSeq) : this.#areaSeq)
  }
}

/** Units are the same for everybody. */
const shelfKey = (scope: Scope, layer: Layer) =>
  `${layer === 'unit' ? 'all' : scopeKey(scope)}/${layer}`

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
