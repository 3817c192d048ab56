import * as echarts from 'echarts'
import type { Metrics, Report } from './read-report.ts'

type Line = { name: string; data: (readonly [string, number | null])[] }

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
const share = (value: number | null | undefined) => (value == null ? '–' : `${(100 * value).toFixed(1)}%`)
const figure = (value: number | null | undefined, digits = 3) => (value == null ? '–' : value.toFixed(digits))
const day = (at: string | Date) => new Date(at).toISOString().slice(0, 10)

/** One page with everything in it: charts as SVG, no script, nothing loaded from elsewhere. */
export function renderReport(report: Report): string {
  const { from, to, totals, series, retrainings } = report
  const over = (read: (point: (typeof series)[number]) => number | null): Line['data'] => series.map((point) => [point.at, read(point)])
  const isEmpty = totals.conversations === 0 && totals.drafts === 0
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Understudy, ${day(from)} to ${day(to)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;margin:1rem 0}
td,th{padding:.25rem .75rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
svg{max-width:100%;height:auto}h2{margin-top:2.5rem}</style></head><body>
<h1>Replies from ${day(from)} to ${day(to)}</h1>
${isEmpty ? '<p>Nothing happened in this time.</p>' : ''}
${table(
  ['', ''],
  [
    ['Conversations', String(totals.conversations)],
    ['Resolved', String(totals.resolved)],
    ['Escalated', String(totals.escalated)],
    ['Drafts', String(totals.drafts)],
    ['Replies sent from drafts', String(totals.sent)],
    ['Acceptance: sent unchanged among sent and rejected', share(totals.acceptanceRate)],
    ['Edit ratio: 0 unchanged, 1 rewritten', figure(totals.editRatio)],
    ['Similarity of drafts to what was sent', figure(totals.semanticSimilarity)],
    ['BLEU of drafts against what was sent', figure(totals.bleu, 1)],
    ['Support: sentences that the articles bear out', share(totals.support)],
    [`Satisfaction: 4 and 5 among ${totals.csatResponses} answers`, share(totals.csat)],
  ],
)}
<h2>Feedback</h2>
${lines('Ratings of drafts', [
  { name: 'helpful', data: over(({ helpful }) => helpful) },
  { name: 'needs improvement', data: over(({ needsImprovement }) => needsImprovement) },
  { name: 'not helpful', data: over(({ notHelpful }) => notHelpful) },
])}
${lines('Satisfaction of customers', [{ name: 'satisfaction', data: over(({ csat }) => csat) }], { most: 1 })}
<h2>Quality</h2>
${lines(
  'Drafts and what was sent',
  [
    { name: 'acceptance', data: over(({ acceptanceRate }) => acceptanceRate) },
    { name: 'edit ratio (lower is better)', data: over(({ editRatio }) => editRatio) },
    { name: 'similarity', data: over(({ semanticSimilarity }) => semanticSimilarity) },
  ],
  { most: 1 },
)}
${lines('BLEU', [{ name: 'BLEU', data: over(({ bleu }) => bleu) }])}
${table(
  ['Intent', 'Conversations', 'Acceptance', 'Edit ratio', 'Satisfaction'],
  report.byIntent.map((row) => [row.intent ?? 'none', String(row.conversations), share(row.acceptanceRate), figure(row.editRatio), share(row.csat)]),
)}
${table(
  ['Model version', 'Drafts', 'Acceptance', 'Edit ratio', 'Satisfaction'],
  report.byModelVersion.map((row) => [
    row.modelVersion?.name ?? 'none',
    String(row.drafts),
    share(row.acceptanceRate),
    figure(row.editRatio),
    share(row.csat),
  ]),
)}
${table(
  ['Escalated because', 'Times'],
  report.escalationReasons.map(({ reason, count }) => [reason.toLowerCase().replaceAll('_', ' '), String(count)]),
)}
<h2>What the loop did</h2>
${retrainings.length === 0 ? '<p>No retraining has ended yet.</p>' : `<p>Each measured on its held-out cases, with what was live before and with what it learned. Held-out cases grow with time: compare within a row.</p>${loopChart(retrainings)}${loopTable(retrainings)}`}
</body></html>
`
}

const metricNames: Record<keyof Metrics, string> = {
  intentAccuracy: 'routing',
  recallAt3: 'recall@3',
  meanReciprocalRank: 'MRR',
  draftSimilarity: 'draft similarity',
}

function loopTable(retrainings: Report['retrainings']): string {
  return table(
    ['Ended', 'Examples', 'Held out', ...Object.values(metricNames), 'Outcome'],
    retrainings.map((run) => [
      run.finishedAt!.slice(0, 16).replace('T', ' '),
      String(run.examplesProcessed),
      String(run.heldOutCases),
      ...(Object.keys(metricNames) as (keyof Metrics)[]).map((name) => `${figure(run.before?.[name])} → ${figure(run.after?.[name])}`),
      `${run.rolledBackAt ? 'Rolled back. ' : ''}${run.reason ?? ''}`,
    ]),
  )
}

function loopChart(retrainings: Report['retrainings']): string {
  const live = retrainings.filter(({ activated, dryRun, rolledBackAt }) => activated && !dryRun && rolledBackAt === null)
  if (live.length < 2) return ''
  return lines(
    'After each activated retraining',
    (Object.entries(metricNames) as [keyof Metrics, string][]).map(([metric, name]) => ({
      name,
      data: live.map(({ finishedAt, after }) => [finishedAt!, after?.[metric] ?? null] as const),
    })),
    { most: 1 },
  )
}

/** Of something that was measured at least once; else a line that says so. */
function lines(title: string, drawn: Line[], { most }: { most?: number } = {}): string {
  if (drawn.every(({ data }) => data.every(([, value]) => value === null))) return `<p>${escaped(title)}: nothing was measured.</p>`
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 320 })
  chart.setOption({
    animation: false,
    title: { text: title },
    legend: { bottom: 0 },
    grid: { bottom: 60, left: 60, right: 20 },
    xAxis: { type: 'time' },
    yAxis: { type: 'value', min: 0, ...(most !== undefined && { max: most }) },
    series: drawn.map(({ name, data }) => ({ type: 'line', name, data: data.map((point) => [...point]), showSymbol: data.length < 40 })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

function table(heads: string[], rows: string[][]): string {
  if (rows.length === 0) return ''
  const isNumber = (cell: string) => /^[–\d.]+%?$/.test(cell)
  const head = heads.some(Boolean) ? `<tr>${heads.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr>` : ''
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td${isNumber(cell) ? ' class="n"' : ''}>${escaped(cell)}</td>`).join('')}</tr>`)
  return `<table>${head}${body.join('\n')}</table>`
}
