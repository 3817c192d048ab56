import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { rateConversation } from '../services/surveys/rate-conversation.ts'
import { builder } from './builder.ts'
import { SatisfactionRating } from './survey.ts'

const RateConversationInput = builder.inputType('RateConversationInput', {
  fields: (t) => ({
    token: t.string({ required: true, description: 'Of the survey that resolving made.' }),
    score: t.int({ required: true, description: '1 to 5, best is 5.' }),
    comment: t.string({ description: 'Up to 2,000 characters.' }),
  }),
})

builder.mutationField('rateConversation', (t) =>
  t.prismaField({
    type: SatisfactionRating,
    description:
      'The customer’s answer, for whoever has the token; a customer’s or partner’s key only for its own. Again with the same token it replaces the answer.',
    authScopes: { anyone: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: RateConversationInput, required: true }) },
    resolve: async (query, _root, { input }, resources) => {
      const { id } = await rateConversation(resources, { ...input, by: resources.viewer })
      return resources.database.satisfactionRating.findUniqueOrThrow({ ...query, where: { id } })
    },
  }),
)
