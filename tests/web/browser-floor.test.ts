/** The built site keeps to what the oldest supported browsers know: web/README.md, "Browsers". */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const assets = fileURLToPath(new URL('../../web/dist/site/assets', import.meta.url))
/** Names of the files of a kind in which something occurs. */
const holding = (kind: string, sought: RegExp): string[] =>
  readdirSync(assets)
    .filter((name) => name.endsWith(kind))
    .filter((name) => sought.test(readFileSync(join(assets, name), 'utf8')))

test('scripts have no syntax or array method younger than Chromium 94 and Safari 15.4', () => {
  expect(holding('.js', /\bstatic\s*\{/)).toEqual([])
  expect(holding('.js', /\.(findLast|findLastIndex|toSorted|toReversed|toSpliced)\(/)).toEqual([])
  expect(holding('.js', /\b(Object\.groupBy|Promise\.withResolvers|Array\.fromAsync)\b/)).toEqual(
    [],
  )
})

test('styles have nothing that old browsers would lose a layout or a ground by', () => {
  expect(holding('.css', /color-mix\(|:has\(|oklch\(|light-dark\(|\dcq[whib]/)).toEqual([])
  for (const name of holding('.css', /subgrid/))
    expect(readFileSync(join(assets, name), 'utf8')).toMatch(
      /@supports not \(grid-template-columns:\s*subgrid\)/,
    )
})
