import type { Locator, Page } from '@playwright/test'

/** What is really to be seen of an element: its screenshot, counted in the browser's own canvas. */
export interface Picture {
  /** Colours that differ in the upper five bits of a channel. */
  colours: number
  /** Pixels within a small distance of each colour asked for. */
  pixels: Record<string, number>
}

/** Counts the colours of an element's screenshot; `wanted` are names with colours as CSS writes them. */
export async function readPicture(
  element: Locator,
  wanted: Record<string, string>,
): Promise<Picture> {
  const image = (await element.screenshot()).toString('base64')
  const judge = await element.page().context().newPage()
  try {
    return await judge.evaluate(countColours, { image, wanted })
  } finally {
    await judge.close()
  }
}

/** Values of CSS custom properties where an element stands. */
export function tokens(page: Page, selector: string, names: string[]) {
  return page.locator(selector).evaluate((element, wanted) => {
    const style = getComputedStyle(element)
    return Object.fromEntries(wanted.map((name) => [name, style.getPropertyValue(name).trim()]))
  }, names)
}

/** Runs in the page: everything that it uses is inside. */
async function countColours(given: {
  image: string
  wanted: Record<string, string>
}): Promise<Picture> {
  const bytes = Uint8Array.from(atob(given.image), (letter) => letter.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  const read = (colour: string) => {
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    return context.getImageData(0, 0, 1, 1).data
  }
  const targets = Object.entries(given.wanted).map(([name, colour]) => ({
    name,
    rgb: read(colour),
    count: 0,
  }))
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
  const seen = new Set<number>()
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3)
    seen.add(((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3))
    for (const target of targets) {
      const [wantedR = 0, wantedG = 0, wantedB = 0] = target.rgb
      const far = Math.abs(r - wantedR) + Math.abs(g - wantedG) + Math.abs(b - wantedB)
      if (far <= 12) target.count += 1
    }
  }
  return {
    colours: seen.size,
    pixels: Object.fromEntries(targets.map(({ name, count }) => [name, count])),
  }
}
