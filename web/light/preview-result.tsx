import type { LightMove, LightPreview } from 'api/light/rule/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../ui/number.ts'
import { type LightCounts, lightOrder, noCounts } from './light.ts'
import { FormChoice } from './light-choice.tsx'
import { LightMark } from './light-mark.tsx'

/** As many as are named at first. */
const shownAtFirst = 50

interface PreviewResultProps {
  preview: LightPreview
  units: ReadonlyMap<number, string>
  onOpen: (project: number) => void
}

/** How many of each light there would be, from which to which, by unit, and who they are. */
export function PreviewResult({ preview, units, onOpen }: PreviewResultProps) {
  const { t } = useTranslation(['light'])
  const [form, setForm] = useState<'revised' | 'original'>('revised')
  return (
    <section className="rule-preview" aria-live="polite" data-changed={preview.changed}>
      <h3>
        {t('light:preview.changed', {
          count: preview.changed,
          changed: count(preview.changed),
          projects: count(preview.projects),
          from: preview.from,
          to: preview.to,
        })}
      </h3>
      <FormChoice form={form} onForm={setForm} />
      <Counts moves={preview[form]} from={preview.from} to={preview.to} />
      <Units preview={preview} units={units} />
      <Rows preview={preview} form={form} units={units} onOpen={onOpen} />
    </section>
  )
}

function Counts({ moves, from, to }: { moves: readonly LightMove[]; from: string; to: string }) {
  const { t } = useTranslation(['light', 'project'])
  const before = countsOf(moves, 'from')
  const after = countsOf(moves, 'to')
  return (
    <table className="rule-table">
      <thead>
        <tr>
          <th scope="col">{t('light:preview.light')}</th>
          <th scope="col">{from}</th>
          <th scope="col">{to}</th>
          <th scope="col">{t('light:preview.into')}</th>
        </tr>
      </thead>
      <tbody>
        {lightOrder.map((light) => (
          <tr key={light}>
            <th scope="row">
              <LightMark light={light} /> {t(`project:light.${light}`)}
            </th>
            <td className="figure">{count(before[light])}</td>
            <td className="figure">{count(after[light])}</td>
            <td>
              {moves
                .filter((move) => move.to === light && move.from !== light)
                .map((move) => (
                  <span key={move.from} className="rule-move">
                    <LightMark light={move.from} /> {count(move.projects)}
                  </span>
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function countsOf(moves: readonly LightMove[], side: 'from' | 'to'): LightCounts {
  const counts = noCounts()
  for (const move of moves) counts[move[side]] += move.projects
  return counts
}

function Units({ preview, units }: Pick<PreviewResultProps, 'preview' | 'units'>) {
  const { t } = useTranslation(['light'])
  if (preview.units.length === 0) return null
  const said = preview.units.map(({ unitId, changed, worse, better }) =>
    t('light:preview.unit', {
      unit: units.get(unitId) ?? unitId,
      changed: count(changed),
      worse: count(worse),
      better: count(better),
    }),
  )
  return <p className="rule-quiet">{said.join(t('light:cause.next'))}</p>
}

function Rows({
  preview,
  form,
  units,
  onOpen,
}: PreviewResultProps & { form: 'revised' | 'original' }) {
  const { t } = useTranslation(['light'])
  const [all, setAll] = useState(false)
  const moved = preview.rows
    .map((row) => ({
      row,
      from: form === 'revised' ? row.from : row.fromOriginal,
      to: form === 'revised' ? row.to : row.toOriginal,
    }))
    .filter(({ from, to }) => from !== to)
  const shown = all ? moved : moved.slice(0, shownAtFirst)
  return (
    <>
      <ol className="rule-rows">
        {shown.map(({ row, from, to }) => (
          <li key={row.projectId}>
            <LightMark light={from} />
            <span aria-hidden="true">→</span>
            <LightMark light={to} />
            <button
              type="button"
              className="link-button"
              title={row.reason}
              onClick={() => onOpen(row.projectId)}
            >
              {row.name}
            </button>
            <span className="rule-quiet">{units.get(row.unitId)}</span>
          </li>
        ))}
      </ol>
      {shown.length < moved.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t('light:preview.all', { rows: count(moved.length) })}
        </button>
      )}
    </>
  )
}
