/* Times of day in China, which has one zone and no summer time. */

/** The instant of a day `YYYY-MM-DD` and a time `HH:MM` in China. */
export function instant(day: string, time: string): Date {
  return new Date(`${day}T${time}:00+08:00`)
}
