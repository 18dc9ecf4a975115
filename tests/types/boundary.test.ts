import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

async function sources(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true })
  return names
    .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(dist|node_modules)\//.test(name))
    .map((name) => join(folder, name))
}

async function imports(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8')
  return [...text.matchAll(/(?<!')(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  )
}

test('a contract imports zod and other contracts, nothing else: no server code reaches the page', async () => {
  const contracts = (await sources('api')).filter((file) => file.endsWith('/contract.ts'))
  expect(contracts.length).toBeGreaterThan(8)
  for (const file of contracts) {
    const strange = (await imports(file)).filter(
      (name) => name !== 'zod' && !/^(\.\.?\/)+(\w+\/)?contract\.ts$/.test(name),
    )
    expect({ file, strange }).toEqual({ file, strange: [] })
  }
})

test('the page sees of the server its client and contracts only', async () => {
  for (const file of await sources('web')) {
    const strange = (await imports(file)).filter(
      (name) => /^api\//.test(name) && !/^api\/(client|(\w+\/){1,2}contract)$/.test(name),
    )
    expect({ file, strange }).toEqual({ file, strange: [] })
  }
})

test('geo knows nothing of ours', async () => {
  for (const file of await sources('geo')) {
    const strange = (await imports(file)).filter((name) => /^(api|web|tests)\b|^\.\.\//.test(name))
    expect({ file, strange }).toEqual({ file, strange: [] })
  }
})

test('nobody outside the pack knows its city', async () => {
  const knowing = []
  for (const file of [
    ...(await sources('api')),
    ...(await sources('web')),
    ...(await sources('geo')),
  ]) {
    if (file.startsWith('api/db/seed/')) continue
    const code = (await readFile(join(root, file), 'utf8')).replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
      '',
    )
    if (/株洲|430200/.test(code)) knowing.push(file)
  }
  expect(knowing).toEqual([])
})
