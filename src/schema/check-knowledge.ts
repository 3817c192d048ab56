import { readCheckState } from '../services/knowledge-health/check-state.ts'
import { type KnowledgeCheck as Check, requestCheck } from '../services/knowledge-health/request-check.ts'
import { builder } from './builder.ts'

const KnowledgeCheck = builder.objectRef<Check>('KnowledgeCheck').implement({
  description: 'A check that was asked for. It is done when `knowledgeCheckedAt` is no longer before `requestedAt`.',
  fields: (t) => ({
    requestedAt: t.expose('requestedAt', { description: 'When it was asked for.', type: 'DateTime' }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', nullable: true, description: '`knowledgeCheckedAt` as it was then.' }),
  }),
})

builder.mutationField('checkKnowledge', (t) =>
  t.field({
    type: KnowledgeCheck,
    description:
      'Compares changed articles with all others, groups open questions anew and closes filled gaps, now rather than within minutes of a change.',
    authScopes: { staff: true },
    resolve: (_root, _args, resources) => requestCheck(resources, { by: resources.viewer }),
  }),
)

builder.queryField('knowledgeCheckedAt', (t) =>
  t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the last finished check of the knowledge base began: what changed before is in its lists. Null before the first.',
    authScopes: { staff: true },
    resolve: async (_root, _args, { database }) => (await readCheckState({ database })).checkedAt,
  }),
)
