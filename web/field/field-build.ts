import type { Plugin } from 'vite'

type Bundle = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...a: never) => void>>[1]

/** Words that the field page speaks; each language is a file of its own. */
const words = /\/i18n\/(zh|en)\/(shell|project|field)\.json$/
const mark = '__FIELD_BUILD__'

/**
 * Builds the field page's service worker beside the site, at the fixed address that its scope
 * needs, and tells it the files which the page needs to open: the entry's and the page's static
 * imports, their styles and words. Nothing of the map or the desk is among them.
 */
export function fieldWorker(): Plugin {
  return {
    name: 'field-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '/field/field-worker.ts', fileName: 'field-worker.js' })
    },
    generateBundle(_, bundle) {
      const worker = bundle['field-worker.js']
      if (worker?.type !== 'chunk') this.error('the field worker was not built')
      const files = fieldFiles(bundle)
      const build = { name: files[0] ?? '', files: [...files, '/icon.svg', '/field.webmanifest'] }
      worker.code = `const ${mark} = ${JSON.stringify(build)};\n${worker.code}`
    },
  }
}

/** Paths of the entry script first, then everything else that /field needs before its map. */
function fieldFiles(bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const entry = chunks.filter((chunk) => chunk.facadeModuleId?.endsWith('/index.html'))
  const page = chunks.filter((chunk) => chunk.facadeModuleId?.endsWith('/field/field.tsx'))
  const spoken = chunks.filter((chunk) => words.test(chunk.facadeModuleId ?? ''))
  const found = new Set<string>()
  const add = (name: string) => {
    const chunk = bundle[name]
    if (found.has(name) || chunk?.type !== 'chunk') return
    found.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
    for (const imported of chunk.imports) add(imported)
  }
  for (const chunk of [...entry, ...page, ...spoken]) add(chunk.fileName)
  return [...found].map((name) => `/${name}`)
}
