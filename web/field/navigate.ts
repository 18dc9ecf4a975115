import { wgs84ToGcj02 } from 'geo/gcj02'
import type { Position } from 'geo/position'

export interface MapApp {
  name: 'amap' | 'baidu' | 'tencent' | 'apple'
  href: string
}

/**
 * Links that hand a destination over to the phone's map app. The maps of all four draw mainland
 * China in GCJ-02, so the position is shifted here and each link says so where it can. There is no
 * `geo:` link: its standard (RFC 5870) means WGS 84, the apps that answer it here read GCJ-02.
 */
export function mapApps(to: Position, name: string): MapApp[] {
  const [lon, lat] = wgs84ToGcj02(to).map((degree) => degree.toFixed(6))
  const label = encodeURIComponent(name)
  return [
    {
      name: 'amap',
      href: `https://uri.amap.com/navigation?to=${lon},${lat},${label}&mode=car&coordinate=gaode&callnative=1&src=onemap`,
    },
    {
      name: 'baidu',
      href: `https://api.map.baidu.com/marker?location=${lat},${lon}&title=${label}&content=${label}&coord_type=gcj02&output=html&src=onemap`,
    },
    {
      name: 'tencent',
      href: `https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=${label}&tocoord=${lat},${lon}&referer=onemap`,
    },
    { name: 'apple', href: `https://maps.apple.com/?daddr=${lat},${lon}&dirflg=d` },
  ]
}
