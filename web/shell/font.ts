/**
 * Chinese glyphs on machines that have none (a bare Linux behind a wall). The shipped font is
 * loaded only there: phones and office computers have their own, and it weighs 1.1 MB a weight.
 */

/** Waits until Chinese can be drawn, at most `patienceMs`; at once where the system can already. */
export async function chineseReady(patienceMs = 10_000): Promise<void> {
  if (canDraw('国', '中')) return
  await Promise.all([
    import('@fontsource/noto-sans-sc/chinese-simplified-400.css'),
    import('@fontsource/noto-sans-sc/chinese-simplified-700.css'),
  ])
  // All of it, not what the page shows first: the map keeps each glyph as it was first drawn.
  const shipped = [...document.fonts].filter((face) => face.family.includes('Noto Sans SC'))
  const loaded = Promise.allSettled(shipped.map((face) => face.load()))
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, patienceMs))])
}

/** Characters without a glyph all look like the same box. */
function canDraw(one: string, other: string): boolean {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context) return true
  const picture = (text: string) => {
    context.clearRect(0, 0, 32, 32)
    context.font = '24px sans-serif'
    context.textBaseline = 'top'
    context.fillText(text, 2, 2)
    return context.getImageData(0, 0, 32, 32).data.join()
  }
  return picture(one) !== picture(other)
}
