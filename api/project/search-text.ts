import { pinyin } from 'pinyin-pro'

/** Lower-case pinyin initials of a name with its letters and digits: 宏工智能(2期) → hgzn2q. */
export function searchText(name: string): string {
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' })
  return initials
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
