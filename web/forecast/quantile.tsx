/** The name of a quantile, which is no number of anything. */
export function Quantile({ of }: { of: 50 | 80 }) {
  return <code className="forecast-quantile">P{of}</code>
}
