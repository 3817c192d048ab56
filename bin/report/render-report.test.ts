import { expect, it } from 'vitest'
import type { Report } from './read-report.ts'
import { renderReport } from './render-report.ts'

const none = { acceptanceRate: null, editRatio: null, semanticSimilarity: null, bleu: null, csat: null }
const metrics = (draftSimilarity: number) => ({ intentAccuracy: 0.5, recallAt3: null, meanReciprocalRank: null, draftSimilarity })
const retraining = (finishedAt: string, similarity: number): Report['retrainings'][number] => ({
  finishedAt,
  activated: true,
  dryRun: false,
  rolledBackAt: null,
  reason: 'Activated: nothing gets <worse>.',
  examplesProcessed: 10,
  heldOutCases: 4,
  before: metrics(0.5),
  after: metrics(similarity),
})
const report = (given: Partial<Report> = {}): Report => ({
  from: new Date('2026-09-01T00:00:00Z'),
  to: new Date('2026-09-03T00:00:00Z'),
  totals: { conversations: 3, resolved: 1, drafts: 4, sent: 2, support: 0.95, csatResponses: 1, escalated: 0, ...none, acceptanceRate: 0.5 },
  series: [
    { at: '2026-09-01T00:00:00.000Z', drafts: 3, helpful: 2, notHelpful: 0, needsImprovement: 1, ...none, editRatio: 0.25 },
    { at: '2026-09-02T00:00:00.000Z', drafts: 1, helpful: 0, notHelpful: 1, needsImprovement: 0, ...none },
  ],
  byIntent: [{ intent: '<script>alert(1)</script>', conversations: 3, ...none }],
  byModelVersion: [{ modelVersion: { name: 'Built-in' }, drafts: 4, ...none }],
  escalationReasons: [{ reason: 'CUSTOMER_ASKED', count: 2 }],
  retrainings: [],
  ...given,
})

it('is one page that loads nothing, and shows what names hold as text', () => {
  const page = renderReport(report())
  expect(page).not.toMatch(/<script|<link|\bsrc=|@import|url\((?!#)/)
  expect(page).toContain('&#60;script&#62;alert')
  expect(page).toContain('50.0%')
  expect(page).toContain('customer asked')
})

it('draws what was measured, and says where nothing was', () => {
  const page = renderReport(report())
  expect(page).toContain('>Ratings of drafts<')
  expect(page).toContain('BLEU: nothing was measured.')
  expect(page).toContain('No retraining has ended yet.')
  expect(page.match(/<svg/g)).toHaveLength(2)
})

it('shows each retraining before and after, and a curve from the second one on', () => {
  const once = renderReport(report({ retrainings: [retraining('2026-09-01T10:00:00Z', 0.6)] }))
  expect(once).toContain('0.500 → 0.600')
  expect(once).toContain('nothing gets &#60;worse&#62;.')
  expect(once).not.toContain('After each activated retraining')
  const undone = { ...retraining('2026-09-02T11:00:00Z', 0.1), rolledBackAt: '2026-09-02T12:00:00Z' }
  const twice = renderReport(report({ retrainings: [retraining('2026-09-01T10:00:00Z', 0.6), retraining('2026-09-02T10:00:00Z', 0.7), undone] }))
  expect(twice).toContain('After each activated retraining')
  expect(twice).toContain('Rolled back.')
})

it('says that nothing happened', () => {
  const totals = { ...report().totals, conversations: 0, drafts: 0 }
  expect(renderReport(report({ totals, series: [], byIntent: [], byModelVersion: [], escalationReasons: [] }))).toContain('Nothing happened')
})
