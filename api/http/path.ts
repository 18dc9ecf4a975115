/**
 * The path of a request line's address, its query included where that costs nothing: proxies may send
 * the whole address (RFC 9112 §3.2.2).
 */
export function pathOf(address: string): string {
  if (address.startsWith('/') || !URL.canParse(address)) return address
  return new URL(address).pathname
}
