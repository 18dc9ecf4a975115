import { yi } from '../ui/number.ts'

/** A large amount as each language counts it: 亿元 in Chinese, billions in English; two decimals. */
export const large = (wan: number | null | undefined, language: string): string =>
  language === 'en' ? yi(wan === null || wan === undefined ? wan : wan / 10) : yi(wan)
