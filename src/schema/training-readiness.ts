import { type TrainingReadiness as Readiness, trainingReadiness } from '../services/training/training-readiness.ts'
import { builder } from './builder.ts'

const TrainingApproach = builder.enumType('TrainingApproach', {
  description: 'How to learn from what was collected.',
  values: {
    RAG_WITH_FEW_SHOT: { description: 'Retrieve articles, and show the model the nearest corrections: below 100 examples.' },
    RAG_WITH_CUSTOM_MODEL: { description: 'A custom model from the best replies, with the facts in the articles: from 100 to 1,000.' },
    RAG_WITH_FINE_TUNING: { description: 'Fine-tuning for style, with the facts in the articles: above 1,000.' },
    FULL_FINE_TUNING: { description: 'May be considered above 1,000 where the knowledge rarely changes.' },
  } as const,
})

const TrainingReadiness = builder.objectRef<Readiness>('TrainingReadiness').implement({
  description: 'Which approach fits, and the numbers that decided it.',
  fields: (t) => ({
    approach: t.expose('approach', { type: TrainingApproach, description: 'The one that fits now.' }),
    reason: t.exposeString('reason', { description: 'Why, in plain words with the numbers.' }),
    examples: t.exposeInt('examples', { description: 'Approved examples that may be learned from; those held out do not count.' }),
    processed: t.exposeInt('processed', { description: 'Those of them that a retraining has used.' }),
    missingForNext: t.exposeInt('missingForNext', { description: 'How many more make the next approach worth trying; 0 when there is none.' }),
    knowledgeChangesPerMonth: t.exposeFloat('knowledgeChangesPerMonth', {
      description: 'New versions of articles in a month, over the last 90 days; those of the first day are no changes.',
    }),
  }),
})

builder.queryField('trainingReadiness', (t) =>
  t.field({
    type: TrainingReadiness,
    description: 'What to do with what has been collected so far.',
    authScopes: { staff: true },
    resolve: (_root, _args, resources) => trainingReadiness(resources),
  }),
)
