import { ConflictError, NotFoundError } from '../services/errors.ts'
import { createSurvey } from '../services/surveys/create-survey.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { Survey } from './survey.ts'

const CreateSurveyInput = builder.inputType('CreateSurveyInput', { fields: (t) => ({ conversationId: t.id({ required: true }) }) })

builder.mutationField('createSurvey', (t) =>
  t.field({
    type: Survey,
    description: 'The survey of a resolved conversation, to send its link yourself. One a resolution, however often it is asked for.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: CreateSurveyInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createSurvey(resources, { conversationId: localId('Conversation', input.conversationId), by: resources.viewer }),
  }),
)
