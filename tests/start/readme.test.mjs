import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found)

const readmes = [
  'README.md',
  'README.zh.md',
  'api/README.md',
  'api/audit/README.md',
  'api/db/README.md',
  'api/db/seed/README.md',
  'api/db/seed/zhuzhou/README.md',
  'api/import/README.md',
  'api/session/README.md',
  'geo/README.md',
  'tests/README.md',
  'web/README.md',
]

describe.each(readmes)('%s', (path) => {
  test('every link inside the repository leads somewhere', () => {
    const links = all(read(path), /\]\(([^)#\s]+)/g).filter((link) => !/^https?:/.test(link))
    const lost = links.filter((link) => !existsSync(join(root, dirname(path), link)))
    expect(lost).toEqual([])
  })

  test('every npm command that it names exists', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = all(read(path), /npm run ([a-z:]+)/g)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

test.each(['README.md', 'README.zh.md', 'api/README.md', '.env.example'])(
  '%s names every setting of the server, and no other',
  (path) => {
    const settings = all(read('api/env.ts'), /^ {2}([A-Z][A-Z_]+): (?:z|hostList)\b/gm)
    expect(settings).toContain('DATABASE_URL')
    const pattern = path === '.env.example' ? /^#([A-Z_]+)=/gm : /^\| (`[A-Z][^|]*)\|/gm
    const named = all(read(path), pattern).flatMap((cell) => cell.match(/[A-Z][A-Z_]+/g))
    expect(named.sort()).toEqual(settings.sort())
  },
)

test('both languages of the front page link to the same places', () => {
  const links = (path) => all(read(path), /\]\(([^)\s]+)\)/g).filter((link) => !/README/.test(link))
  expect(links('README.zh.md')).toEqual(links('README.md'))
})
