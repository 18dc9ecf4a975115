import { useQuery } from '@tanstack/react-query'
import type { HotspotPlace } from 'api/hotspot/contract'
import { useTranslation } from 'react-i18next'
import type { ProjectTable } from '../project/table.ts'
import { Figure } from '../shell/figure.tsx'
import { Empty, ScreenError, ScreenLoading } from '../shell/screen-state.tsx'
import { type HotspotAsk, writeAsk } from './ask.ts'
import { HotspotControls } from './hotspot-controls.tsx'
import { HotspotPlaceCard } from './hotspot-place.tsx'
import { hotspotHistory, hotspotMap } from './queries.ts'
import { RuleWords } from './rule-words.tsx'
import { type HotspotView, useHotspots } from './use-hotspots.ts'
import './hotspot.css'

export interface HotspotPanelProps {
  ask: HotspotAsk
  asOf: string | null
  table: ProjectTable | undefined
  /** The place that is looked at; null: none. */
  chosen: string | null
  onAsk: (ask: HotspotAsk) => void
  onChoose: (place: string | null) => void
  onProject: (project: number) => void
  /** Begins an order for the late projects of a place; absent: none can be made. */
  onOrder: ((place: HotspotPlace) => void) | null
}

/** The places where delay concentrates, how they have been, what their projects share. */
export function HotspotPanel(props: HotspotPanelProps) {
  const { t } = useTranslation(['hotspot', 'shell'])
  const { ask, asOf, onAsk } = props
  const { view, error, isBusy, cancel, retry } = useHotspots(ask, asOf, true)
  // The city's own rule, beside which the reader's wish stands.
  const rule = useQuery(hotspotMap({}, asOf)).data?.rule ?? null
  return (
    <div className="hotspot-panel">
      {view && <Rests view={view} ask={ask} />}
      {rule && <HotspotControls rule={rule} ask={ask} onAsk={onAsk} />}
      {isBusy && (
        <p className="hotspot-busy" role="status">
          {view ? t('hotspot:comparing') : t('hotspot:working')}
          <button
            type="button"
            className="button button-small button-quiet"
            onClick={() => {
              cancel()
              onAsk({})
            }}
          >
            {t('hotspot:cancel')}
          </button>
        </p>
      )}
      {error !== null && !isBusy && <ScreenError error={error} reset={retry} />}
      {view && <Found {...props} view={view} />}
      {!view && !error && !isBusy && <ScreenLoading />}
    </div>
  )
}

/** What the map rests on, in a sentence with its numbers. */
function Rests({ view, ask }: { view: HotspotView; ask: HotspotAsk }) {
  const { t } = useTranslation(['hotspot', 'shell'])
  return (
    <div className="hotspot-rests">
      <p>
        <strong>
          <RuleWords rule={view.rule} />
        </strong>
        <span className="figure">{t('shell:asOf', { date: view.date })}</span>
      </p>
      <p className="hotspot-quiet">
        <Figure name="hotspot.measured" of={[writeAsk(ask)]} value={view.projects}>
          {view.sentence ?? t('hotspot:own.found', { count: view.hot, judged: view.judged })}
        </Figure>
      </p>
    </div>
  )
}

function Found(props: HotspotPanelProps & { view: HotspotView }) {
  const { t } = useTranslation(['hotspot'])
  const { view, chosen } = props
  const history = useQuery(hotspotHistory(props.ask, props.asOf))
  if (!view.enough) {
    return (
      <Empty
        title={t('hotspot:notEnough')}
        hint={t('hotspot:notEnoughHint', { least: view.rule.leastTotal })}
      />
    )
  }
  if (view.hot === 0) return <Empty title={t('hotspot:none')} hint={t('hotspot:noneHint')} />
  if (!view.places) return null
  return (
    <ol className="hotspot-places">
      {view.places.map((place) => (
        <li key={place.id}>
          <HotspotPlaceCard
            {...props}
            place={place}
            isChosen={place.id === chosen}
            // A place grows and shrinks; it is the same while it shares ground.
            past={
              history.data?.places.find(({ sites }) =>
                sites.some((site) => place.sites.includes(site)),
              ) ?? null
            }
            isPastKnown={!history.isPending}
          />
        </li>
      ))}
    </ol>
  )
}
