/**
 * What `work` gives, or what `late` gives when that takes longer than `patienceMs`; the work itself
 * goes on. `late` may throw instead.
 */
export async function within<T>(
  work: PromiseLike<T>,
  patienceMs: number,
  late: () => T,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  return Promise.race([work, patience.then(late)]).finally(() => clearTimeout(timer))
}
