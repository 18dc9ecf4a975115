/** “p<0.001”, “p=0.013”: three decimals, never 0. */
export const pText = (p: number): string => (p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`)
