/*
 * Files by the hash of their content, under ONEMAP_DATA/photo: `kept` holds what photos name, `coming`
 * what is being sent in. A file appears whole or not at all. Servers of one database share the folder.
 */
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ApiFailure } from '../http/failure.ts'

export type Size = 'full' | 'small'

export class PhotoStore {
  readonly #kept: string
  readonly #making: string
  /** Where uploads lie until they are claimed. */
  readonly coming: string
  #made = 0

  constructor(dataFolder: string) {
    this.#kept = join(dataFolder, 'photo', 'kept')
    this.#making = join(dataFolder, 'photo', 'making')
    this.coming = join(dataFolder, 'photo', 'coming')
  }

  /**
   * Keeps bytes under their hash; they are on the disk when it returns.
   * @throws ApiFailure 507 `DISK_FULL`.
   */
  async put(sha256: string, size: Size, bytes: Uint8Array): Promise<void> {
    const path = this.#path(sha256, size)
    const there = await stat(path).catch(() => null)
    if (there?.size === bytes.length) return
    try {
      await this.#write(path, bytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      throw new ApiFailure(507, 'DISK_FULL', '服务器磁盘已满，文件没有保存；请通知管理员清理磁盘')
    }
  }

  async #write(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#making, { recursive: true })
    await mkdir(dirname(path), { recursive: true })
    this.#made += 1
    const next = join(this.#making, `${process.pid}-${this.#made}`)
    const file = await open(next, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
    await syncFolder(dirname(path))
  }

  /** @throws ApiFailure 404 `PHOTO_MISSING` where the folder has lost the file. */
  async read(sha256: string, size: Size): Promise<{ stream: ReadStream; bytes: number }> {
    const path = this.#path(sha256, size)
    const there = await stat(path).catch(() => null)
    if (!there) throw new ApiFailure(404, 'PHOTO_MISSING', '文件不在数据目录里，请通知管理员')
    return { stream: createReadStream(path), bytes: there.size }
  }

  /**
   * Removes what `isKept` does not know, and what was left half-written. Nobody may be keeping anything
   * meanwhile.
   */
  async sweep(isKept: (sha256: string) => boolean): Promise<void> {
    await rm(this.#making, { recursive: true, force: true })
    for (const path of await filesIn(this.#kept)) {
      if (!isKept(path.slice(3, 67))) await rm(join(this.#kept, path), { force: true })
    }
  }

  /** Ids of the uploads whose files are there. */
  async listComing(): Promise<string[]> {
    const names = await filesIn(this.coming)
    return [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
  }

  async removeComing(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await rm(join(this.coming, id), { force: true })
      await rm(join(this.coming, `${id}.json`), { force: true })
    }
  }

  #path(sha256: string, size: Size): string {
    return join(this.#kept, sha256.slice(0, 2), size === 'full' ? sha256 : `${sha256}-small`)
  }
}

/** A rename is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
