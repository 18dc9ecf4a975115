/**
 * Once per run: the embedded database (one PGlite for all files: two at once can crash), or on a
 * server one migrated template that every file copies. Without ONEMAP_TEST_DATABASE nothing is
 * started: tests that need no database run alone. Imports by path: vitest resolves this file without
 * the export condition `internal`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../api/dist/db/embedded.js'
import { migrate, readMigrations } from '../../api/dist/db/migrate.js'
import { connect } from '../../api/dist/db/sql.js'

/** Where the files of a run find their database. */
export type TestTarget =
  | { kind: 'embedded'; socket: string; parent: number }
  | { kind: 'server'; url: string; template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    database: TestTarget | null
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['ONEMAP_TEST_DATABASE_URL']
  const kind = process.env['ONEMAP_TEST_DATABASE'] ?? (url ? 'server' : undefined)
  if (kind === 'embedded') return setupEmbedded(project)
  if (kind === 'server' && url) return setupServer(project, url)
  project.provide('database', null)
  return async () => {}
}

async function setupEmbedded(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'onemap-embedded-'))
  const embedded = await startEmbedded(folder, {
    restarted: () => {},
    lost: (error) => console.error(error.message),
  })
  const sql = connect({ socket: embedded.socket }, { max: 1, applicationName: 'onemap-test' })
  await migrate(sql, await readMigrations())
  await sql.end()
  project.provide('database', {
    kind: 'embedded',
    socket: embedded.socket,
    parent: process.pid,
  })
  return async () => {
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function setupServer(project: TestProject, url: string): Promise<() => Promise<void>> {
  const template = `onemap_template_${process.pid}`
  const admin = connect(url, { max: 1, applicationName: 'onemap-test' })
  await admin.unsafe(`drop database if exists ${template} with (force)`)
  await admin.unsafe(`create database ${template}`)
  const target = new URL(url)
  target.pathname = `/${template}`
  const sql = connect(target.href, { max: 1, applicationName: 'onemap-test' })
  await migrate(sql, await readMigrations())
  await sql.end()
  project.provide('database', { kind: 'server', url, template })
  return async () => {
    await admin.unsafe(`drop database if exists ${template} with (force)`)
    await admin.end()
  }
}
