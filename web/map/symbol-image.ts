/**
 * Pictures of the map's symbols, drawn on a canvas when the style first asks for their name:
 * `light/red/verified`, `light/red/hollow`, `focus/red/hollow`, `cluster/<cells by light>/<digits>`, `hatch/short/ground`.
 */
import type { LightState } from 'api/light/contract'
import { barCells, type LightCounts, lightOrder, lightShape, noCounts } from '../light/light.ts'
import type { Palette } from './palette.ts'

/** CSS pixels of a symbol of size 1. */
export const symbolPixels = 17
/** The picture is drawn this much larger than it is shown, so that the largest step stays sharp. */
const oversize = 1.75
/** Room around the 24-box for halo and focus ring, in box units. */
const margin = 6
export const barCellCount = 12

export interface SymbolImage {
  data: ImageData
  pixelRatio: number
}

/** Draws the picture of that name; null when the name is not one of ours. */
export function drawSymbol(name: string, palette: Palette, scale: number): SymbolImage | null {
  const [kind, first, second] = name.split('/')
  if (first === undefined || second === undefined) return null
  if (kind === 'hatch') return drawHatch(palette, scale)
  if (kind === 'cluster') return drawCluster(readCells(first), Number(second), palette, scale)
  if (kind !== 'light' && kind !== 'focus') return null
  const light = lightOrder.find((state) => state === first)
  return light ? drawLight(light, second === 'hollow', kind === 'focus', palette, scale) : null
}

/** A tile of thin strokes, sparse enough for what lies below. */
function drawHatch(palette: Palette, scale: number): SymbolImage {
  const side = 5
  const { context, image } = canvas(side * scale, side * scale, 2)
  context.scale(scale, scale)
  context.globalAlpha = 0.55
  context.lineCap = 'square'
  // The strokes of three tiles side by side, so that they meet at its edges.
  const path = new Path2D(
    `M0 ${side}L${side} 0M-1 1L1 -1M${side - 1} ${side + 1}L${side + 1} ${side - 1}`,
  )
  stroke(context, path, palette.quiet, 0.8)
  return image(2)
}

/** Digits of a count → width class of its plate. */
export const plateWidth = (digits: number): number => 26 + Math.max(1, digits) * 7

/** Pixels per CSS pixel: twice the screen's for small symbols, the screen's for a wall's large ones. */
const sharpness = (scale: number) =>
  Math.max(scale >= 2 ? 1 : 2, Math.ceil(globalThis.devicePixelRatio || 1))

function canvas(width: number, height: number, ratio: number) {
  const element = document.createElement('canvas')
  element.width = Math.ceil(width * ratio)
  element.height = Math.ceil(height * ratio)
  const context = element.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('MAP_CANVAS: this browser draws no 2D canvas')
  context.scale(ratio, ratio)
  const image = (pixelRatio: number): SymbolImage => ({
    data: context.getImageData(0, 0, element.width, element.height),
    pixelRatio,
  })
  return { context, image }
}

function drawLight(
  light: LightState,
  hollow: boolean,
  focus: boolean,
  palette: Palette,
  scale: number,
): SymbolImage {
  const density = sharpness(scale) * oversize
  const unit = (symbolPixels * scale) / 24
  const box = 24 + 2 * margin
  const { context, image } = canvas(box * unit, box * unit, density)
  context.scale(unit, unit)
  context.translate(margin, margin)
  context.lineJoin = 'round'
  const shape = lightShape[light]
  const outline = new Path2D(shape.outline)
  const ring = shape.body === 'ring'
  const colour = palette.light[light]
  const width = ring ? (hollow ? 3 : 5.5) : hollow ? 3.4 : 1.2
  if (focus) stroke(context, outline, palette.accent, width + 9)
  stroke(context, outline, palette.halo, width + (focus ? 4.5 : 3.2))
  context.fillStyle = palette.halo
  if (!ring || !hollow) context.fill(outline)
  if (!ring) paint(context, outline, colour, hollow ? 0.16 : shape.hatch === null ? 1 : 0.28)
  if (shape.hatch !== null) stroke(context, new Path2D(shape.hatch), colour, hollow ? 1.6 : 3.4)
  stroke(context, outline, colour, width)
  return image(density)
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number) {
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(path)
}

function paint(context: CanvasRenderingContext2D, path: Path2D, colour: string, alpha: number) {
  context.globalAlpha = alpha
  context.fillStyle = colour
  context.fill(path)
  context.globalAlpha = 1
}

function readCells(text: string): LightCounts {
  const counts = noCounts()
  const numbers = text.split('-').map(Number)
  lightOrder.forEach((light, index) => {
    counts[light] = numbers[index] ?? 0
  })
  return barCells(counts, barCellCount)
}

/** A plate with room for the number (text of the layer) and a bar of its lights, worst first. */
function drawCluster(
  cells: LightCounts,
  digits: number,
  palette: Palette,
  scale: number,
): SymbolImage {
  const ratio = sharpness(scale)
  const width = plateWidth(digits)
  const height = 30
  const { context, image } = canvas((width + 4) * scale, (height + 4) * scale, ratio)
  context.scale(scale, scale)
  context.translate(2, 2)
  const plate = new Path2D()
  plate.roundRect(0, 0, width, height, 6)
  stroke(context, plate, palette.halo, 3)
  context.fillStyle = palette.paper
  context.fill(plate)
  stroke(context, plate, palette.quiet, 1)
  const cell = (width - 10) / barCellCount
  let left = 5
  for (const light of lightOrder) {
    const length = cells[light] * cell
    drawSegment(context, light, left, height - 10, length, palette)
    left += length
  }
  return image(ratio)
}

function drawSegment(
  context: CanvasRenderingContext2D,
  light: LightState,
  left: number,
  top: number,
  length: number,
  palette: Palette,
) {
  if (length <= 0) return
  const thickness = 6
  context.fillStyle = palette.light[light]
  if (light === 'stale') {
    context.globalAlpha = 0.3
    context.fillRect(left, top, length, thickness)
    context.globalAlpha = 1
    for (let x = left; x < left + length - 0.5; x += 3) context.fillRect(x, top, 1.4, thickness)
  } else context.fillRect(left, top, length, thickness)
  context.fillStyle = palette.paper
  context.fillRect(left + length - 0.5, top, 0.7, thickness)
}
