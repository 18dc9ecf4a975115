import { expect, type Page } from '@playwright/test'

/**
 * Waits until this browser could open a screen without its server: the screen's files are with its
 * worker, and the queries whose keys begin as given are in its storage.
 */
export async function expectKept(page: Page, screen: string, beginnings: string[]): Promise<void> {
  await expect.poll(() => page.evaluate(missing, { screen, beginnings })).toEqual([])
}

/** Runs in the page. */
async function missing(given: { screen: string; beginnings: string[] }): Promise<string[]> {
  const registration = await navigator.serviceWorker.getRegistration(given.screen)
  if (registration?.active?.state !== 'activated') return ['worker']
  const databases = await indexedDB.databases()
  // Opening it before the page does would make it, empty.
  if (!databases.some(({ name }) => name === 'onemap')) return ['storage']
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('onemap')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const names = await new Promise<IDBValidKey[]>((resolve) => {
    const keys = opened.transaction('query').objectStore('query').getAllKeys()
    keys.onsuccess = () => resolve(keys.result)
  })
  opened.close()
  return given.beginnings.filter(
    (beginning) => !names.some((name) => String(name).startsWith(beginning)),
  )
}
