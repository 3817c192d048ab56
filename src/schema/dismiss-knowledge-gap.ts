import { NotFoundError } from '../services/errors.ts'
import { dismissKnowledgeGap } from '../services/knowledge-health/dismiss-knowledge-gap.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { KnowledgeGap } from './knowledge-gap.ts'

const DismissKnowledgeGapInput = builder.inputType('DismissKnowledgeGapInput', { fields: (t) => ({ gapId: t.id({ required: true }) }) })

builder.mutationField('dismissKnowledgeGap', (t) =>
  t.field({
    type: KnowledgeGap,
    description: 'Takes it off the list of open gaps. Questions like it join it there from now on. Idempotent.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: DismissKnowledgeGapInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      dismissKnowledgeGap(resources, { gapId: localId('KnowledgeGap', input.gapId, 'knowledge gap'), by: resources.viewer }),
  }),
)
