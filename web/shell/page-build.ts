import type { Plugin } from 'vite'

type Bundle = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...a: never) => void>>[1]

/** A screen that opens without a network, by the ends of the module ids that it needs for that. */
interface KeptPage {
  screen: string
  /** With their static imports and styles. */
  modules: string[]
  /** Plain files of the site. */
  files: string[]
}

const words = (...names: string[]) =>
  names.flatMap((name) => [`/i18n/zh/${name}.json`, `/i18n/en/${name}.json`])

/** The wall keeps its map; the field page opens without one. */
const pages: KeptPage[] = [
  {
    screen: 'field',
    modules: [
      '/index.html',
      '/field/field.tsx',
      '/field/project-card.tsx',
      '/session/person-menu.tsx',
      ...words('shell', 'project', 'field', 'session'),
    ],
    files: ['/browser-check.js', '/icon.svg', '/field.webmanifest'],
  },
  {
    screen: 'wall',
    modules: [
      '/index.html',
      '/wall/wall.tsx',
      '/map/map.ts',
      ...words('shell', 'project', 'wall', 'map'),
    ],
    files: ['/browser-check.js', '/icon.svg'],
  },
]

const sourceName = 'page-worker.js'

/**
 * Builds one service worker for each screen that opens without a network, at the fixed address
 * that its scope needs (`/field-worker.js`), and tells it the files which the screen needs.
 */
export function pageWorkers(): Plugin {
  return {
    name: 'page-workers',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '/shell/page-worker.ts', fileName: sourceName })
    },
    generateBundle(_, bundle) {
      const worker = bundle[sourceName]
      if (worker?.type !== 'chunk') this.error('the page worker was not built')
      // At a fixed address it is a plain script, which cannot import.
      if (worker.imports.length > 0) this.error('the page worker shares code with the page')
      for (const page of pages) {
        const files = neededFiles(bundle, page.modules)
        const build = {
          page: `/${page.screen}`,
          name: files[0] ?? '',
          files: [...files, ...page.files],
        }
        const source = `const __PAGE_BUILD__ = ${JSON.stringify(build)};\n${worker.code}`
        this.emitFile({ type: 'asset', fileName: `${page.screen}-worker.js`, source })
      }
      delete bundle[sourceName]
    },
  }
}

/** Paths of the scripts, styles and workers of the given modules; the entry's script first. */
function neededFiles(bundle: Bundle, modules: string[]): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const found = new Set<string>()
  const add = (name: string) => {
    const chunk = bundle[name]
    if (found.has(name) || chunk?.type !== 'chunk') return
    found.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset)
    for (const imported of chunk.imports) add(imported)
  }
  for (const module of modules) {
    const chunk = chunks.find((one) => one.facadeModuleId?.endsWith(module))
    if (chunk) add(chunk.fileName)
  }
  return [...found].map((name) => `/${name}`)
}
