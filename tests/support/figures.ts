import type { Page } from '@playwright/test'

/** A figure of a screen: its name in the registry, its key in the URL, and what it shows, not rounded. */
export interface ShownFigure {
  name: string
  key: string
  value: string
}

/** What a screen shows: its figures, and texts with a number that nothing accounts for. */
export interface Numbers {
  figures: ShownFigure[]
  unexplained: string[]
  /** Nouns whose single rows are shown. */
  records: string[]
}

/**
 * Every number in sight. A text with a digit must lie in
 * - a figure (`data-figure`), which opens what it is made of;
 * - a row's own value (`data-record="<noun>"`): one stored row, on a line that opens it or within its panel;
 * - a control that unfolds, where it stands, the very rows that it counts (`data-unfolds`);
 * - the button that sends a form, which says what the form's own fields hold;
 * - a point in time (`<time>`, or a date, month or hour by its form), the name of a quantile (P50), a field of a form with its label,
 *   the axis of a drawing (`data-axis`), or code (`<code>`, `<kbd>`).
 * Nothing else is let off: no class, no panel, no screen.
 */
export const numbersOn = (page: Page): Promise<Numbers> =>
  page.evaluate(() => {
    const accounted =
      '[data-figure], [data-record], button[data-unfolds], summary[data-unfolds], time, [data-axis], input, select, textarea, label, legend, form button[type=submit], code, kbd, script, style, title'
    const time =
      /\bP\d{2}\b|\d{4}-\d{2}(-\d{2})?([ T]\d{2}:\d{2})?|(19|20)\d{2}(?!\d)\s*年?|\b\d{1,2}:\d{2}\b|(\d{1,2}\s*[-–]\s*)?\d{1,2}\s*月/g
    const unexplained: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement
      if (!element || !/\d/.test((node.textContent ?? '').replace(time, ''))) continue
      if (element.closest(accounted) || element.getClientRects().length === 0) continue
      const place = element.closest('[class]')?.getAttribute('class') ?? element.tagName
      unexplained.push(`${place}: ${node.textContent?.trim().slice(0, 80)}`)
    }
    const seen = [...document.querySelectorAll('[data-figure]')].filter(
      (element) => element.getClientRects().length > 0,
    )
    return {
      unexplained: [...new Set(unexplained)],
      figures: seen.map((element) => ({
        name: element.getAttribute('data-figure') ?? '',
        key: element.getAttribute('data-key') ?? '',
        value: element.getAttribute('data-value') ?? '',
      })),
      records: [
        ...new Set(
          [...document.querySelectorAll('[data-record]')].map(
            (element) => element.getAttribute('data-record') ?? '',
          ),
        ),
      ],
    }
  })
