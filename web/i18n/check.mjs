// Fails when a key used in the code is missing in a language, when the two languages differ,
// when a key is used nowhere, or when a placeholder differs. Keys are written with their namespace.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const web = dirname(here)

function flatten(value, prefix, into) {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') into.set(prefix + key, inner)
    else flatten(inner, `${prefix}${key}.`, into)
  }
  return into
}

function words(language) {
  const all = new Map()
  for (const file of readdirSync(join(here, language))) {
    const namespace = file.replace(/\.json$/, '')
    flatten(JSON.parse(readFileSync(join(here, language, file), 'utf8')), `${namespace}:`, all)
  }
  return all
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'i18n', 'public'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const base = (key) => key.replace(/_(one|other|zero)$/, '')
const placeholders = (text) => (text.match(/{{[^}]+}}/g) ?? []).sort().join()
const zh = words('zh')
const en = words('en')
const faults = []

for (const [key, text] of zh) {
  const other = en.get(key) ?? en.get(`${base(key)}_other`)
  if (other === undefined) faults.push(`en lacks ${key}`)
  else if (placeholders(text) !== placeholders(other)) faults.push(`placeholders differ: ${key}`)
}
for (const key of en.keys()) {
  if (!zh.has(key) && !zh.has(base(key))) faults.push(`zh lacks ${key}`)
}

const namespaces = new Set([...zh.keys()].map((key) => key.split(':')[0]))
const used = new Set()
const prefixes = new Set()
for (const path of sources(web)) {
  // Permissions are written like keys (`account:read`), but are none.
  const text = readFileSync(path, 'utf8').replaceAll(/(may\(|needed=)['"][^'"]+['"]/g, '')
  for (const [, key] of text.matchAll(/['"`]([a-z]+:[A-Za-z0-9_.]+)['"`]/g)) {
    if (
      !zh.has(key) &&
      ![...zh.keys()].some((known) => base(known) === key || known.startsWith(`${key}.`))
    ) {
      const namespace = key.split(':')[0]
      if (readdirSync(join(here, 'zh')).includes(`${namespace}.json`))
        faults.push(`${path}: no words for ${key}`)
    }
    used.add(key)
  }
  for (const [, prefix] of text.matchAll(/`([a-z]+:[A-Za-z0-9_.]*)\$\{/g)) {
    prefixes.add(prefix)
    if (
      namespaces.has(prefix.split(':')[0]) &&
      ![...zh.keys()].some((key) => key.startsWith(prefix))
    )
      faults.push(`${path}: no words begin with ${prefix}`)
  }
}
for (const key of zh.keys()) {
  const isUsed =
    used.has(key) || used.has(base(key)) || [...prefixes].some((prefix) => key.startsWith(prefix))
  if (!isUsed) faults.push(`used nowhere: ${key}`)
}

for (const fault of faults) console.error(fault)
console.log(`i18n: ${zh.size} keys in Chinese and English, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
