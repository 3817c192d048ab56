import { describe, expect, it } from 'vitest'
import { feedbackEffect, type Learned, rejectionEffect, replyEffect } from './describe-effect.ts'

const example = { state: 'APPROVED', processed: false, feedbackId: 'mine', intent: 'returns' } as const
const learned: Learned = { trainingExample: example, gapQuestions: [], conversation: { intent: 'returns' } }
const feedback = { id: 'mine', correction: 'You have 60 days.', correctedIntent: null, correctedArticleIds: [] }

describe('the effect of feedback', () => {
  it('names all that waits', () => {
    expect(feedbackEffect({ ...feedback, correctedIntent: 'returns', correctedArticleIds: ['a'] }, learned)).toBe(
      'It is stored. The conversation has the right intent now. Nothing has been learned from it yet: the correction, the right intent and the right articles wait for the next retraining.',
    )
  })

  it('does not claim what is no longer so', () => {
    expect(feedbackEffect({ ...feedback, correctedIntent: 'refunds' }, learned)).not.toContain('intent')
    expect(feedbackEffect(feedback, { ...learned, trainingExample: { ...example, feedbackId: 'other' } })).toContain('newer correction')
  })

  it('follows the example: reviewed, excluded, used', () => {
    const effectOf = (change: object) => feedbackEffect(feedback, { ...learned, trainingExample: { ...example, ...change } })
    expect(effectOf({ state: 'CANDIDATE' })).toContain('waits for a review')
    expect(effectOf({ state: 'EXCLUDED' })).toContain('no retraining will use it')
    expect(effectOf({ processed: true })).toContain('A retraining has used')
    expect(effectOf({ processed: true })).not.toContain('yet')
  })
})

it('knows of replies that teach something, and of those that do not', () => {
  expect(replyEffect({ kind: 'CUSTOMER' }, null)).toBe(null)
  expect(replyEffect({ kind: 'NOTE' }, null)).toBe(null)
  expect(replyEffect({ kind: 'AGENT_ONLY' }, null)).toContain('no training example')
  expect(replyEffect({ kind: 'FINAL' }, { ...learned, trainingExample: null })).toContain('no training example')
  expect(replyEffect({ kind: 'FINAL' }, learned)).toContain('what was said of it waits')
  expect(replyEffect({ kind: 'AGENT_EDITED' }, { ...learned, gapQuestions: [{ id: 'gap' }] })).toContain('among the knowledge gaps')
})

it('has nothing to learn from half a draft', () => {
  expect(rejectionEffect({ supportScore: null }, { ...learned, trainingExample: null })).toContain('nothing to learn')
  expect(rejectionEffect({ supportScore: 0.5 }, { ...learned, trainingExample: { ...example, state: 'CANDIDATE' } })).toContain('waits for a review')
})
