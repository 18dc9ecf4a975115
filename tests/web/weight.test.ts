/** What each page loads before it can be used: scripts of the built site, gzipped, 1 kB = 1000 B. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
  assets?: string[]
}

const site = fileURLToPath(new URL('../../web/dist/site', import.meta.url))
const manifest: Record<string, Chunk> = JSON.parse(
  readFileSync(join(site, '.vite/manifest.json'), 'utf8'),
)
const field = ['index.html', 'field/field.tsx', ...words('shell', 'project', 'field')]
const desk = ['index.html', 'desk/desk.tsx', ...words('shell', 'project', 'desk', 'panel')]

test('the field page loads at most 150 kB of script before its map', () => {
  const files = reached(field, ({ imports = [] }) => imports)
  console.log(`/field: ${told(files)}`)
  expect([...files].filter((file) => /map-view|maplibre|echarts/.test(file))).toEqual([])
  expect(weight(files)).toBeLessThanOrEqual(150_000)
})

test("the desk's list and filter load at most 500 kB of script", () => {
  const files = reached(desk, ({ imports = [] }) => imports)
  console.log(`/desk before its map: ${told(files)}`)
  expect(weight(files)).toBeLessThanOrEqual(500_000)
})

test('the desk with map, columns and charts loads at most 1.5 MB of script', () => {
  const own = (chunk: Chunk) => [
    ...(chunk.imports ?? []),
    // The entry's own lazy parts are the screens and all words, which the desk does not load.
    ...(chunk === manifest['index.html'] ? [] : (chunk.dynamicImports ?? [])),
  ]
  const files = reached(desk, own)
  console.log(`/desk with everything: ${told(files)}`)
  expect([...files].some((file) => /column-layer/.test(file))).toBe(true)
  expect(weight(files)).toBeLessThanOrEqual(1_500_000)
})

/** Script files that loading the given sources brings with it, by the steps given. */
function reached(sources: string[], steps: (chunk: Chunk) => string[]): Set<string> {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the site was built without ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const asset of chunk.assets ?? []) if (/\.m?js$/.test(asset)) files.add(asset)
    for (const next of steps(chunk)) visit(next)
  }
  for (const source of sources) visit(source)
  return files
}

function words(...namespaces: string[]): string[] {
  return namespaces.map((name) => `i18n/zh/${name}.json`)
}

function weight(files: Set<string>): number {
  let sum = 0
  for (const file of files) sum += gzipSync(readFileSync(join(site, file))).length
  return sum
}

const told = (files: Set<string>) =>
  `${(weight(files) / 1000).toFixed(1)} kB gz in ${files.size} files`
