/*
 * Days as spreadsheets count them: from the end of 1899, or from 1904 in workbooks that say so.
 */

const DAY_MS = 86_400_000
/** Serial 1 is 1900-01-01 only before the 29 February 1900 that spreadsheets invented; from 61 on this holds. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const DAYS_TO_1904 = 1462
/** 1954-10-03 to 2100-12-31: smaller numbers are years or plain numbers. */
const [FIRST, LAST] = [20_000, 73_415]

/** The day of a serial number, `YYYY-MM-DD`. */
export function dayOfSerial(serial: number, date1904: boolean): string {
  const days = Math.floor(serial) + (date1904 ? DAYS_TO_1904 : 0)
  return new Date(EPOCH_1900 + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a plain number in a column of dates is the serial of a day that tables speak of. */
export function isSerial(value: number, date1904: boolean): boolean {
  const days = value + (date1904 ? DAYS_TO_1904 : 0)
  return days >= FIRST && days <= LAST
}
