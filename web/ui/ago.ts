/** How long ago a moment was and when that was, in words: "14:03（12 分钟前）", "5月30日 22:10（1 天前）". */
export function agoText(at: number, now: number, language: string): string {
  const locale = language === 'en' ? 'en' : 'zh-CN'
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const when = new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)
  const justNow = language === 'en' ? 'just now' : '刚刚'
  const ago = now - at < 60_000 ? justNow : elapsed(now - at, new Intl.RelativeTimeFormat(locale))
  return language === 'en' ? `${when} (${ago})` : `${when}（${ago}）`
}

function elapsed(ms: number, format: Intl.RelativeTimeFormat): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 60) return format.format(-minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? format.format(-hours, 'hour') : format.format(-Math.floor(hours / 24), 'day')
}
