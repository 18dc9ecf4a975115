import type { HotspotPlace, Hotspots } from 'api/hotspot/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { HotspotKeys } from '../hotspot/hotspot-keys.tsx'
import { holderWords } from '../hotspot/place-words.ts'
import { RuleWords } from '../hotspot/rule-words.tsx'
import { Figure } from '../shell/figure.tsx'
import { count, percent } from '../ui/number.ts'
import { Large } from './headline-panel.tsx'
import { WallPanel } from './wall-panel.tsx'
import { WallTop } from './wall-top.tsx'

/** More places than this do not fit beside the map. */
export const placesShown = 3

/** 滞后热点: where delay concentrates beyond chance, what is shared there, who has the ball. */
export function HotspotScene(props: { asOf: string | null; map: Hotspots; focus: string | null }) {
  const { map, focus } = props
  const { t } = useTranslation(['wall', 'hotspot'])
  const shown = map.places.slice(0, placesShown)
  return (
    <>
      <WallTop
        scene={t('hotspot:title')}
        date={map.date}
        asOf={props.asOf}
        line={<span data-record="hotspot">{firstLine(map, t)}</span>}
      />
      <WallPanel name="headline">
        <Basis map={map} />
      </WallPanel>
      {shown.length > 0 && (
        <WallPanel name="hot">
          <ol className="wall-hot">
            {shown.map((place) => (
              <Place key={place.id} place={place} isFocus={place.id === focus} />
            ))}
          </ol>
          {map.places.length > shown.length && (
            <p className="wall-quiet">
              {t('wall:hot.more', { count: map.places.length - shown.length })}
            </p>
          )}
        </WallPanel>
      )}
    </>
  )
}

function firstLine(map: Hotspots, t: TFunction): string {
  if (!map.enough) return t('wall:hot.notEnough')
  if (map.places.length === 0) return t('wall:hot.none', { late: map.late })
  const places = map.places.slice(0, 2).map((place) => {
    const { name, lateIds } = place
    const [trait] = place.traits
    return trait
      ? t('wall:hot.placeOf', { name, count: lateIds.length, trait: trait.name })
      : t('wall:hot.place', { name, count: lateIds.length })
  })
  return t('wall:hot.line', { count: map.places.length, places: places.join(t('wall:hot.join')) })
}

/** What the map rests on, and what its shades mean. */
function Basis({ map }: { map: Hotspots }) {
  const { t } = useTranslation(['wall', 'hotspot'])
  return (
    <div className="wall-basis-hot">
      <dl className="wall-figures">
        <Large
          name="hotspot.measured"
          of={['']}
          value={map.projects}
          label={t('wall:hot.projects')}
          text={count(map.projects)}
          unit={t('wall:figure.one')}
        />
        <Large
          name="hotspot.lateAll"
          of={['']}
          value={map.late}
          label={t('wall:hot.late')}
          text={count(map.late)}
          unit={t('wall:figure.one')}
        />
      </dl>
      <p className="wall-quiet">
        <RuleWords rule={map.rule} />
      </p>
      {map.enough && <HotspotKeys rule={map.rule} />}
      <p className="wall-quiet" data-record="hotspot">
        {t('hotspot:legend.q', { q: percent(map.rule.q) })}
      </p>
    </div>
  )
}

function Place({ place, isFocus }: { place: HotspotPlace; isFocus: boolean }) {
  const { t } = useTranslation(['hotspot'])
  const [trait] = place.traits
  return (
    <li data-focus={isFocus} data-place={place.id}>
      <h2>{place.name}</h2>
      <p>
        <Figure name="hotspot.projects" of={[place.id, '']} value={place.projectIds.length}>
          {t('hotspot:place.projects', { count: place.projectIds.length })}
        </Figure>
        {t('hotspot:comma')}
        <Figure name="hotspot.late" of={[place.id, '']} value={place.lateIds.length}>
          {t('hotspot:place.late', { count: place.lateIds.length })}
        </Figure>
      </p>
      {trait ? (
        <p data-record="hotspot">
          <span className="wall-quiet">{t(`hotspot:trait.${trait.kind}`)}</span>{' '}
          {t('hotspot:shared', { name: trait.name, here: trait.here, of: trait.hereOf })}
          <span className="wall-quiet">
            {t('hotspot:sharedElsewhere', { here: trait.elsewhere, of: trait.elsewhereOf })}
          </span>
        </p>
      ) : (
        <p className="wall-quiet" data-record="hotspot">
          {t('hotspot:place.noTrait', { count: place.traitsTried })}
        </p>
      )}
      {place.holders.length > 0 && (
        <p data-record="hotspot">
          <span className="wall-quiet">{t('hotspot:trait.holder')}</span> {holderWords(place, t)}
        </p>
      )}
    </li>
  )
}
