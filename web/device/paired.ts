const slot = 'wall-paired'

/** Whether this browser was a wall once: then it can say why it is none any more. */
export const wasPaired = (): boolean => localStorage.getItem(slot) !== null

export const keepPaired = (): void => localStorage.setItem(slot, '1')
