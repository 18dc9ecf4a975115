/**
 * Lets the field page open without a network: its worker keeps the page's own files. Only in a
 * built site and where the browser allows it (https, or localhost).
 */
export function installWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker.register('/field-worker.js', { scope: '/field' }).catch(() => {})
}
