/**
 * Lets a screen open without a network: its worker keeps the screen's own files. Only in a built
 * site and where the browser allows it (https, or this machine).
 */
export function installWorker(screen: 'wall' | 'field'): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker
    .register(`/${screen}-worker.js`, { scope: `/${screen}` })
    .catch(() => {})
}
