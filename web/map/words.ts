export type MapLanguage = 'zh' | 'en'

/** MapLibre's own words (canvas label, scale units) in the page's language. */
const chinese: Record<string, string> = {
  'Map.Title': '地图：方向键平移，加减键缩放；列表里有同样的项目',
  'ScaleControl.Meters': '米',
  'ScaleControl.Kilometers': '公里',
}
const english: Record<string, string> = {
  'Map.Title': 'Map: arrow keys pan, plus and minus zoom; the list holds the same projects',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
}

export const mapWords = (language: MapLanguage): Record<string, string> =>
  language === 'zh' ? chinese : english
