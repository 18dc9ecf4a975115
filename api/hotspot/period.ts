import { addDays } from '../calendar/days.ts'
import type { HotspotHistoryFilter } from './contract.ts'

/**
 * The last days of so many periods up to a day, the oldest first; the last one is the day itself.
 * Weeks are counted back from the day; months end with the calendar's.
 */
export function periodEnds(
  day: string,
  { every, periods }: Pick<HotspotHistoryFilter, 'every' | 'periods'>,
): string[] {
  const ends = [day]
  for (let last = day; ends.length < periods; ) {
    last =
      every === 'month'
        ? addDays(`${last.slice(0, 7)}-01`, -1)
        : addDays(last, every === 'day' ? -1 : -7)
    ends.push(last)
  }
  return ends.reverse()
}
