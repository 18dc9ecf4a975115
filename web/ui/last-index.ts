/** Index of the last value that passes, -1 for none: `findLastIndex` for Chromium before 97. */
export function lastIndex<Value>(
  values: readonly Value[],
  passes: (value: Value) => boolean,
): number {
  let index = values.length - 1
  while (index >= 0 && !passes(values[index] as Value)) index -= 1
  return index
}
