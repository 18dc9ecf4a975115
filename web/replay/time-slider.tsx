import { type CSSProperties, type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dayAfter, daysBetween, instantText } from '../ui/date.ts'
import { densityPath } from './density.ts'
import { type Span, spanOf } from './span.ts'
import { speeds, usePlay } from './use-play.ts'
import type { Replay } from './use-replay.ts'
import './time-slider.css'

interface TimeSliderProps {
  replay: Replay
  today: string
  /** The shown day, null: now. */
  asOf: string | null
  /** The day or instant that the shown day is compared with. */
  compared: string | null
  /** Somebody comes near: what it takes to move may be loaded. */
  onNear: () => void
  /** On the way. */
  onMove: (day: string | null) => void
  /** Where it comes to rest. */
  onRest: () => void
  onCompare: () => void
  /** Where a day is chosen from a calendar; it makes room for the passing day while playing. */
  picker: ReactNode
}

/** How long nothing moves until the day is taken as chosen. */
const restMs = 350

/** The days of a year under the whole desk: moved by hand, by keys, or playing by themselves. */
export default function TimeSlider(props: TimeSliderProps) {
  const { t } = useTranslation(['replay'])
  const { replay, today, asOf, onMove, onRest } = props
  const { spans } = replay
  const first = spans[0]?.from ?? today
  const index = daysBetween(first, asOf ?? today)
  const last = daysBetween(first, today)
  const dayAt = (place: number) => (place >= last ? null : dayAfter(first, place))
  const play = usePlay(index, last, replay.days !== null, (place) => onMove(dayAt(place)))
  const { isPlaying } = play
  // biome-ignore lint/correctness/useExhaustiveDependencies: each day begins the wait anew
  useEffect(() => {
    if (isPlaying) return
    const timer = setTimeout(onRest, restMs)
    return () => clearTimeout(timer)
  }, [isPlaying, asOf, onRest])
  const toggle = () => {
    props.onNear()
    // From the present it begins with the year.
    if (!isPlaying && asOf === null) onMove(replay.span?.from ?? null)
    play.setPlaying(!isPlaying)
  }
  if (!replay.span) return null
  return (
    <section
      className="time-slider"
      aria-label={t('replay:label')}
      data-playing={isPlaying}
      onPointerEnter={props.onNear}
      onFocus={props.onNear}
      onKeyDown={(event) => {
        if (event.key !== ' ' || !(event.target as Element).matches('input')) return
        event.preventDefault()
        toggle()
      }}
    >
      <button
        type="button"
        className="button button-icon time-play"
        aria-label={isPlaying ? t('replay:pause') : t('replay:play')}
        title={
          replay.isImpossible
            ? t('replay:impossible')
            : isPlaying
              ? t('replay:pause')
              : t('replay:play')
        }
        disabled={replay.isImpossible}
        onClick={toggle}
      >
        <PlayMark isPlaying={isPlaying} />
      </button>
      <div className="time-day">
        {!isPlaying && props.picker}
        <output className={isPlaying ? 'figure' : 'visually-hidden'} data-day>
          {asOf ?? t('replay:now', { date: today })}
        </output>
      </div>
      <Choices {...props} play={play} />
      <Track
        {...props}
        span={replay.span}
        onGrasp={() => play.setPlaying(false)}
        dayText={asOf ?? t('replay:now', { date: today })}
      />
    </section>
  )
}

/** Speed, year, comparison and the way back to the present. */
function Choices(props: TimeSliderProps & { play: ReturnType<typeof usePlay> }) {
  const { t } = useTranslation(['replay'])
  const { replay, asOf, play } = props
  return (
    <div className="time-choices">
      {replay.spans.length > 1 && (
        <select
          aria-label={t('replay:year')}
          value={replay.span?.from}
          onChange={({ target }) => {
            const span = spanOf(replay.spans, target.value)
            props.onMove(span === replay.spans.at(-1) ? null : (span?.to ?? null))
          }}
        >
          {replay.spans.map(({ from, to }) => (
            <option key={from} value={from}>
              {t('replay:ofYear', { year: to.slice(0, 4) })}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label={t('replay:speed')}
        title={t('replay:speed')}
        value={play.speed}
        onChange={({ target }) =>
          play.setSpeed(speeds.find((speed) => String(speed) === target.value) ?? speeds[1])
        }
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {t('replay:perSecond', { count: speed })}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button button-small"
        aria-pressed={props.compared !== null}
        onClick={props.onCompare}
      >
        {t('replay:compare')}
      </button>
      <button
        type="button"
        className="button button-small"
        disabled={asOf === null}
        onClick={() => {
          play.setPlaying(false)
          props.onMove(null)
        }}
      >
        {t('replay:toNow')}
      </button>
    </div>
  )
}

type TrackProps = TimeSliderProps & { span: Span; dayText: string; onGrasp: () => void }

/** One step a day, the present as the last of the newest year; behind it how much each day changed. */
function Track(props: TrackProps) {
  const { t } = useTranslation(['replay'])
  const { span, replay, today, asOf, compared } = props
  const isNewest = span === replay.spans.at(-1)
  const last = daysBetween(span.from, span.to) + (isNewest ? 1 : 0)
  const days = replay.days
  const path = useMemo(() => (days ? densityPath(days) : ''), [days])
  const marked = compared && (compared.length > 10 ? instantText(compared) : compared).slice(0, 10)
  const index = asOf === null ? last : daysBetween(span.from, asOf)
  return (
    <div className="time-track">
      <svg viewBox={`0 0 ${last + 1} 1`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={index}
        aria-label={t('replay:day')}
        aria-valuetext={props.dayText}
        data-loading={replay.isLoading}
        onChange={({ target }) => {
          props.onGrasp()
          const day = dayAfter(span.from, Number(target.value))
          props.onMove(day >= today ? null : day)
        }}
      />
      {monthsOf(span, last).map(({ at, month }) => (
        <Mark key={at} at={at / (last + 1)} name="month">
          {t('replay:month', { month })}
        </Mark>
      ))}
      {isNewest && (
        <Mark at={(last + 0.5) / (last + 1)} name="today">
          {t('replay:today')}
        </Mark>
      )}
      {marked !== null && marked >= span.from && marked <= span.to && (
        <Mark at={(daysBetween(span.from, marked) + 0.5) / (last + 1)} name="compared">
          <b>{t('replay:compared')}</b>
        </Mark>
      )}
    </div>
  )
}

function Mark({ at, name, children }: { at: number; name: string; children: ReactNode }) {
  const style = { '--at': at } as CSSProperties
  return (
    <span className={`time-mark time-mark-${name}`} style={style} aria-hidden="true">
      {children}
    </span>
  )
}

/** Where the months of a span begin, in days from its start. */
function monthsOf(span: Span, last: number): { at: number; month: number }[] {
  const months: { at: number; month: number }[] = []
  for (let at = 0; at <= last; at += 1) {
    const day = dayAfter(span.from, at)
    if (day.endsWith('-01')) months.push({ at, month: Number(day.slice(5, 7)) })
  }
  return months
}

function PlayMark({ isPlaying }: { isPlaying: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentcolor">
      {isPlaying ? <path d="M4 3h3v10H4zM9 3h3v10H9z" /> : <path d="M4.5 2.8v10.4L13 8z" />}
    </svg>
  )
}
