import * as echarts from 'echarts'
import type { CaseOutcome } from '../src/services/training/measure-cases.ts'

export interface CurvePoint {
  /** Corrections. */
  seen: number
  routing: number
  hitAt1: number
  editRatio: number
  similarity: number
}

export function averagesOf(outcomes: CaseOutcome[]): Omit<CurvePoint, 'seen'> {
  const mean = (read: (outcome: CaseOutcome) => number | null) => {
    const values = outcomes.map(read).filter((value) => value !== null)
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  }
  return {
    routing: mean(({ isIntentRight }) => (isIntentRight === null ? null : Number(isIntentRight))),
    hitAt1: mean(({ reciprocalRank }) => (reciprocalRank === null ? null : Number(reciprocalRank === 1))),
    editRatio: mean(({ editRatio }) => editRatio),
    similarity: mean(({ draftSimilarity }) => draftSimilarity),
  }
}

const charts = [
  ['routing', 'Routing accuracy'],
  ['hitAt1', 'Right article first (hit@1)'],
  ['editRatio', 'Edit ratio to the agent’s reply (lower is better)'],
  ['similarity', 'Similarity to the agent’s reply'],
] as const

/** A page with one chart a figure, as SVG: it loads nothing. */
export function plotCurves(curves: Record<string, CurvePoint[]>): string {
  const drawn = charts.map(([name, title]) => {
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 320 })
    chart.setOption({
      animation: false,
      title: { text: title },
      legend: { bottom: 0 },
      xAxis: { type: 'value', name: 'corrections', nameLocation: 'middle', nameGap: 24 },
      yAxis: { type: 'value', scale: true },
      grid: { bottom: 70, left: 60, right: 20 },
      series: Object.entries(curves).map(([label, points]) => ({
        type: 'line',
        name: label,
        data: points.map((point) => [point.seen, point[name]]),
      })),
    })
    const svg = chart.renderToSVGString()
    chart.dispose()
    return svg
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Learning curves</title><body>\n${drawn.join('\n')}\n</body></html>\n`
}
