/** MapLibre's own words (canvas label, buttons, scale units) in the page's language. */
const chinese: Record<string, string> = {
  'Map.Title': '地图：方向键平移，加减键缩放；列表里有同样的项目',
  'NavigationControl.ZoomIn': '放大',
  'NavigationControl.ZoomOut': '缩小',
  'NavigationControl.ResetBearing': '正北朝上',
  'ScaleControl.Meters': '米',
  'ScaleControl.Kilometers': '公里',
  'AttributionControl.ToggleAttribution': '来源',
}
const english: Record<string, string> = {
  'Map.Title': 'Map: arrow keys pan, plus and minus zoom; the list holds the same projects',
  'NavigationControl.ZoomIn': 'Zoom in',
  'NavigationControl.ZoomOut': 'Zoom out',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
}

export const mapWords = (language: 'zh' | 'en'): Record<string, string> =>
  language === 'zh' ? chinese : english
