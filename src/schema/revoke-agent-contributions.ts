import { NotFoundError } from '../services/errors.ts'
import { type Revocation, revokeAgentContributions } from '../services/training/revoke-agent-contributions.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { Agent } from './people.ts'
import { Run } from './run.ts'

const RevokedContributions = builder.objectRef<Revocation>('RevokedContributions').implement({
  description: 'What was taken back.',
  fields: (t) => ({
    agent: t.field({ type: Agent, description: 'Whose it was.', resolve: ({ agent }) => agent }),
    examples: t.exposeInt('examples', { description: 'Training examples that are EXCLUDED now.' }),
    learnedItems: t.exposeInt('learnedItems', {
      description: 'Intent examples, phrasings and few-shot examples that were made of them, and are gone.',
    }),
    run: t.field({
      type: Run,
      nullable: true,
      description: 'The retraining that learns everything anew without them; null when nothing was learned from them.',
      resolve: ({ run }) => run,
    }),
  }),
})

const RevokeAgentContributionsInput = builder.inputType('RevokeAgentContributionsInput', {
  fields: (t) => ({ agentId: t.id({ required: true, description: 'Whose corrections, edits and ratings are not to be trusted.' }) }),
})

builder.mutationField('revokeAgentContributions', (t) =>
  t.field({
    type: RevokedContributions,
    description:
      'Excludes all that one agent taught. What was made of it is out at once, and so are the numbers that were fitted with it; a retraining then learns anew without it.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError] },
    args: { input: t.arg({ type: RevokeAgentContributionsInput, required: true }) },
    resolve: (_root, { input }, resources) => revokeAgentContributions(resources, { agentId: localId('Agent', input.agentId), by: resources.viewer }),
  }),
)
