/**
 * What tests need beside Node: looked for on this machine, and installed where this is Debian (or
 * a child of it) and we are root.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { capture } from './process.mjs'

const postgresFolder = '/usr/lib/postgresql'

/**
 * Folder with initdb and postgres of the newest PostgreSQL that has PostGIS beside it, or
 * undefined.
 */
export function postgresPrograms() {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder) : []
  const version = versions
    .filter((name) => existsSync(join(postgresFolder, name, 'bin/initdb')))
    .filter((name) => existsSync(`/usr/share/postgresql/${name}/extension/postgis.control`))
    .sort((a, b) => Number(b) - Number(a))[0]
  return version && join(postgresFolder, version, 'bin')
}

/** Absolute path of the Chromium on this machine, or undefined. */
export function chromium() {
  return program('chromium') ?? program('chromium-browser') ?? program('google-chrome')
}

const needs = [
  {
    part: 'server',
    what: 'PostgreSQL with PostGIS',
    found: () => postgresPrograms() !== undefined,
    packages: postgresPackages,
  },
  {
    part: 'e2e',
    what: 'Chromium',
    found: () => chromium() !== undefined,
    packages: () => ['chromium'],
  },
  {
    part: 'e2e',
    what: 'a Chinese font',
    found: hasChineseFont,
    packages: () => ['fonts-noto-cjk'],
  },
  {
    part: 'tiles read by GDAL',
    what: 'ogrinfo',
    found: () => program('ogrinfo') !== undefined,
    packages: () => ['gdal-bin'],
  },
]

/**
 * Installs what is absent, as root with apt-get. Returns what is still missing: the part of the
 * tests that cannot run without it, what it is, and the names of its Debian packages.
 */
export async function providePackages() {
  const absent = needs.filter(({ found }) => !found())
  if (absent.length > 0 && program('apt-get') && process.getuid?.() === 0) await install(absent)
  return absent
    .filter(({ found }) => !found())
    .map(({ part, what, packages }) => ({ part, what, packages: packages() }))
}

async function install(absent) {
  console.log(`安装 / installing with apt-get: ${absent.map(({ what }) => what).join(', ')} …`)
  const began = performance.now()
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-y', '-q']
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' }
  const update = await capture('apt-get', ['update', ...options], { env })
  if (update.status !== 0) console.log(update.output)
  const packages = absent.flatMap((need) => need.packages())
  const { status, output } = await capture(
    'apt-get',
    ['install', '--no-install-recommends', ...options, ...packages],
    { env },
  )
  if (status !== 0) console.log(output.split('\n').slice(-30).join('\n'))
  console.log(`  ${packages.join(' ')}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function postgresPackages() {
  const version = existsSync(postgresFolder)
    ? readdirSync(postgresFolder).find((name) => existsSync(join(postgresFolder, name, 'bin')))
    : undefined
  return version
    ? [`postgresql-${version}`, `postgresql-${version}-postgis-3`]
    : ['postgresql', 'postgresql-postgis']
}

function hasChineseFont() {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return false
  }
}

function program(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
