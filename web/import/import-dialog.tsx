import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormFailure } from '../shell/form-parts.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { count } from '../ui/number.ts'
import { type ImportChoice, ImportForm } from './import-form.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportFailure, importFile, type Progress } from './import-stream.ts'
import './import.css'

/** Brings a file in: a trial run first, its report row by row, then the same file for good. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['import', 'panel'])
  const [choice, setChoice] = useState<ImportChoice | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const stop = useRef<AbortController | null>(null)
  const run = useMutation({
    mutationFn: (request: ImportChoice & { dryRun: boolean }) => {
      stop.current = new AbortController()
      setProgress(null)
      return importFile(request, setProgress, stop.current.signal)
    },
  })
  useEffect(() => () => stop.current?.abort(), [])
  const start = (next: ImportChoice, dryRun: boolean) => {
    setChoice(next)
    run.mutate({ ...next, dryRun })
  }
  return (
    <Dialog
      title={t('import:title')}
      closeWord={t('panel:close')}
      isBusy={run.isPending}
      onClose={onClose}
    >
      <ImportForm disabled={run.isPending} onTry={(next) => start(next, true)} />
      {run.isPending && <Running progress={progress} onStop={() => stop.current?.abort()} />}
      {run.error && <FormFailure failure={failureOf(run.error, t('import:stopped'))} />}
      {run.data && choice && !run.isPending && (
        <ImportResult
          report={run.data}
          partial={choice.partial}
          onWrite={() => start(choice, false)}
        />
      )}
    </Dialog>
  )
}

function failureOf(error: Error, stopped: string): { code: string; message: string } {
  if (error instanceof ImportFailure) return error
  if (error.name === 'AbortError') return { code: 'STOPPED', message: stopped }
  return { code: 'NETWORK', message: error.message }
}

function Running({ progress, onStop }: { progress: Progress | null; onStop: () => void }) {
  const { t, i18n } = useTranslation(['import'])
  // The server names its steps in Chinese.
  const step = progress && i18n.language === 'zh' ? progress.step : t('import:running')
  return (
    <div className="import-running">
      <p role="status">
        {step}{' '}
        <span className="figure">
          {progress && progress.total !== null
            ? `${count(progress.done)} / ${count(progress.total)}`
            : progress && progress.done > 0
              ? count(progress.done)
              : ''}
        </span>
      </p>
      <progress
        aria-label={step}
        max={progress?.total ?? 1}
        value={progress?.total ? progress.done : undefined}
      />
      <button type="button" className="button button-small" onClick={onStop}>
        {t('import:stop')}
      </button>
    </div>
  )
}
