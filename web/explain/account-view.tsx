import { useTranslation } from 'react-i18next'
import type { Account } from '../shell/explanation.ts'
import { figureText } from '../shell/figure.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { csvText } from '../ui/csv.ts'
import { count } from '../ui/number.ts'
import { saveText } from '../ui/save-text.ts'
import { addsUp, addUp } from './add-up.ts'
import { InRows } from './in-rows.tsx'
import { OutRows } from './out-rows.tsx'

interface AccountViewProps {
  /** The key of the URL, and the figure's name in the registry. */
  of: string
  name: string
  account: Account
}

/** The figure, what it means, by which rule and of which day; the rows in it, and those left out. */
export function AccountView({ of, name, account }: AccountViewProps) {
  const { t } = useTranslation(['explain', 'shell'])
  const { value, form, rule, date, rows, out, words } = account
  const title = t(`explain:figure.${name}.title`, { ...words })
  const fits = addsUp(account)
  return (
    <article className="explain" data-explained={of} data-value={value ?? ''} data-adds-up={fits}>
      <header className="explain-head">
        <h3>{title}</h3>
        <p className="explain-value">
          <strong className="figure">{figureText(form, value)}</strong>{' '}
          <span className="explain-quiet">{t(`explain:unit.${form}`)}</span>
        </p>
      </header>
      <p>{t(`explain:figure.${name}.definition`, { ...words })}</p>
      <p className={fits ? 'explain-sum' : 'explain-sum explain-sum-off'} role="status">
        <Sum account={account} fits={fits} />
      </p>
      <dl className="explain-facts">
        <dt>{t('explain:rule')}</dt>
        <dd>{rule ?? t('explain:noRule')}</dd>
        <dt>{t('explain:date')}</dt>
        <dd>{date}</dd>
      </dl>
      <div className="explain-tools">
        <CopyButton text={location.href} word={t('explain:copy')} done={t('explain:copied')} />
        <button
          type="button"
          className="button"
          onClick={() => saveText(`${title}-${date}.csv`, 'text/csv', fileOf(account, title, t))}
        >
          {t('explain:file')}
        </button>
      </div>
      <InRows account={account} />
      {out.length > 0 && <OutRows out={out} />}
      {rows.length === 0 && <p className="explain-quiet">{t('explain:noRows')}</p>}
    </article>
  )
}

/** "行合计 = 数字 ✓": what the rows make by the figure's own method, beside the figure. */
function Sum({ account, fits }: { account: Account; fits: boolean }) {
  const { t } = useTranslation(['explain'])
  const { form, method, rows, value } = account
  const made = figureText(form, addUp(account))
  const minus =
    method.kind === 'ratio' && method.minus
      ? t('explain:minus.of', {
          word: method.minus.word,
          value: figureText(form, method.minus.value),
        })
      : ''
  const how = t(`explain:method.${method.kind}`, { count: rows.length, rows: count(rows.length) })
  return (
    <>
      {how}
      {minus} = {made} {fits ? '✓' : t('explain:off', { value: figureText(form, value) })}
    </>
  )
}

/** The whole account as a file, rows in and rows out; texts can be no formula. */
function fileOf(
  { rows, out, date, rule }: Account,
  title: string,
  t: ReturnType<typeof useTranslation<['explain', 'shell']>>['t'],
): string {
  const heads = ['row', 'note', 'amount', 'base', 'source', 'at', 'reason'] as const
  const lines = [
    [title, date, rule ?? ''],
    heads.map((head) => t(`explain:column.${head}`)),
    ...rows.map((row) => [
      row.name,
      row.note,
      row.amount,
      row.base ?? null,
      row.source,
      row.at,
      '',
    ]),
    ...out.map((row) => [row.name, row.note, null, null, '', '', row.reason]),
  ]
  return csvText(lines)
}
