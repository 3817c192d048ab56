import { NotFoundError } from '../services/errors.ts'
import { dismissArticlePair } from '../services/knowledge-health/dismiss-article-pair.ts'
import { ArticlePair } from './article-pair.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

const DismissArticlePairInput = builder.inputType('DismissArticlePairInput', { fields: (t) => ({ pairId: t.id({ required: true }) }) })

builder.mutationField('dismissArticlePair', (t) =>
  t.field({
    type: ArticlePair,
    description: 'Takes it off the list. It comes back only when one of its articles changes and the check finds it again. Idempotent.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: DismissArticlePairInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      dismissArticlePair(resources, { pairId: localId('ArticlePair', input.pairId, 'article pair'), by: resources.viewer }),
  }),
)
