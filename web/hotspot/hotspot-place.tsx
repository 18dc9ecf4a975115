import type { HotspotHistory, HotspotPlace } from 'api/hotspot/contract'
import { useTranslation } from 'react-i18next'
import { LightMark } from '../light/light-mark.tsx'
import { lightOf, type ProjectTable } from '../project/table.ts'
import { Figure } from '../shell/figure.tsx'
import { wan } from '../ui/number.ts'
import { writeAsk } from './ask.ts'
import type { HotspotPanelProps } from './hotspot-panel.tsx'
import { holderWords, pText } from './place-words.ts'
import type { HotspotView } from './use-hotspots.ts'

type Past = HotspotHistory['places'][number]

/** One place: how late it is, how sure that is, what its projects share, and what can be done. */
export function HotspotPlaceCard(
  props: HotspotPanelProps & {
    view: HotspotView
    place: HotspotPlace
    isChosen: boolean
    past: Past | null
    isPastKnown: boolean
  },
) {
  const { t } = useTranslation(['hotspot', 'shell'])
  const { place, isChosen, onChoose, onOrder, past } = props
  const of = [place.id, writeAsk(props.ask)]
  return (
    <article className="hotspot-place" data-chosen={isChosen} data-place={place.id}>
      <header>
        <h3>{place.name}</h3>
        {past && (
          <span className={`hotspot-course hotspot-course-${past.course}`} title={past.sentence}>
            {t(`hotspot:course.${past.course}`)}
          </span>
        )}
      </header>
      <p>
        <Figure name="hotspot.projects" of={of} value={place.projectIds.length}>
          {t('hotspot:place.projects', { count: place.projectIds.length })}
        </Figure>
        {t('hotspot:comma')}
        <Figure name="hotspot.late" of={of} value={place.lateIds.length} className="hotspot-late">
          {t('hotspot:place.late', { count: place.lateIds.length })}
        </Figure>
        <span className="hotspot-quiet">
          {t('hotspot:place.annual')}{' '}
          <Figure name="hotspot.annual" of={of} value={place.annualWan} form="wan">
            {t('hotspot:place.wan', { wan: wan(place.annualWan) })}
          </Figure>
        </span>
      </p>
      <Shared place={place} />
      {place.holders.length > 0 && (
        <p className="hotspot-holders" data-record="hotspot">
          <strong>{t('hotspot:trait.holder')}</strong>
          {t('hotspot:colon')}
          {holderWords(place, t)}
        </p>
      )}
      <Certainty {...props} />
      <p className="hotspot-quiet" data-record="hotspot">
        {past ? past.sentence : props.isPastKnown ? t('hotspot:noPast') : t('hotspot:pastLoading')}
      </p>
      <div className="hotspot-actions">
        {onOrder && place.lateIds.length > 0 && (
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => onOrder(place)}
          >
            {t('hotspot:place.order')}
          </button>
        )}
        <button
          type="button"
          className="button button-small"
          aria-expanded={isChosen}
          onClick={() => onChoose(isChosen ? null : place.id)}
        >
          {isChosen ? t('hotspot:place.close') : t('hotspot:place.look')}
        </button>
      </div>
      {isChosen && props.table && <Projects {...props} table={props.table} />}
    </article>
  )
}

/** What is over-represented in it; nothing is said of what chance could do. */
function Shared({ place }: { place: HotspotPlace }) {
  const { t } = useTranslation(['hotspot'])
  if (place.traits.length === 0) {
    return (
      <p className="hotspot-quiet" data-record="hotspot">
        {t('hotspot:place.noTrait', { count: place.traitsTried })}
      </p>
    )
  }
  return (
    <ul className="hotspot-traits" data-record="hotspot">
      {place.traits.map((trait) => (
        <li key={`${trait.kind}-${trait.name}`}>
          <strong>{t(`hotspot:trait.${trait.kind}`)}</strong>
          {t('hotspot:colon')}
          {trait.sentence}
        </li>
      ))}
    </ul>
  )
}

/** Gi* and its p as they are, and what is left of it once all sites of the map are counted in. */
function Certainty({ place, view }: { place: HotspotPlace; view: HotspotView }) {
  const { t } = useTranslation(['hotspot'])
  const best = view.sites.find((site) => site.place === place.id && site.z === place.z)
  return (
    <p className="hotspot-certainty figure" data-record="hotspot">
      <span>Gi* {place.z.toFixed(2)}</span>
      {best?.p !== undefined && best.p !== null && (
        <span>{t('hotspot:place.raw', { p: pText(best.p) })}</span>
      )}
      <span>{t('hotspot:place.adjusted', { p: pText(place.adjustedP) })}</span>
    </p>
  )
}

/** Its projects, the late ones first, each the way to its panel. */
function Projects(props: {
  place: HotspotPlace
  table: ProjectTable
  onProject: (project: number) => void
}) {
  const { t } = useTranslation(['hotspot', 'project'])
  const { place, table, onProject } = props
  const late = new Set(place.lateIds)
  const ids = [...place.lateIds, ...place.projectIds.filter((id) => !late.has(id))]
  return (
    <ul className="hotspot-projects">
      {ids.map((id) => {
        const row = table.rowOf.get(id)
        if (row === undefined) return null
        const light = lightOf(table, row)
        return (
          <li key={id}>
            <button type="button" onClick={() => onProject(id)}>
              <LightMark light={light} size={14} />
              <span className="visually-hidden">{t(`project:light.${light}`)}</span>
              <span>{table.name[row]}</span>
              {late.has(id) && <em>{t('hotspot:place.isLate')}</em>}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
