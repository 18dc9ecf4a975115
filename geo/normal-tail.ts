/*
 * The upper tail of the standard normal distribution.
 */
import { gammaTail } from './gamma-tail.ts'

/** P(Z ≥ z), through the incomplete gamma function: erfc(z/√2)/2 = Q(½, z²/2)/2 for z ≥ 0. */
export function normalTail(z: number): number {
  const far = gammaTail(0.5, (z * z) / 2) / 2
  return z >= 0 ? far : 1 - far
}
