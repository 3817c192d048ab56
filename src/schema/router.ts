import { describeRouter, type RouterDescription, type routerStates } from '../services/routing/describe-router.ts'
import { builder } from './builder.ts'

const RouterState = builder.enumType('RouterState', {
  description: 'Whether the router answers.',
  values: {
    READY: { description: 'It routes.' },
    TRAINING: { description: 'It abstains until its first head is trained.' },
    ABSTAINING: { description: 'There is nothing to train, or training failed; `detail` says which.' },
  } as const satisfies Record<(typeof routerStates)[number], object>,
})

const Router = builder.objectRef<RouterDescription>('Router').implement({
  description: 'The head that routes messages in the process that answers: trained in the background whenever an example of an intent changes.',
  authScopes: { staff: true },
  fields: (t) => ({
    state: t.expose('state', { description: 'Whether it answers.', type: RouterState }),
    detail: t.exposeString('detail', { description: 'What it does and why, in words.' }),
    isTraining: t.exposeBoolean('isTraining', { description: 'A newer head is being trained; the one before routes until it is done.' }),
    version: t.exposeString('version', { nullable: true, description: 'The same for the same examples and embedding model, on every replica.' }),
    trainedAt: t.expose('trainedAt', { type: 'DateTime', nullable: true, description: 'When this process trained it.' }),
    examples: t.exposeInt('examples', { nullable: true, description: 'It was trained on so many.' }),
    intents: t.exposeInt('intents', { nullable: true, description: 'Those with examples.' }),
    accuracy: t.exposeFloat('accuracy', {
      nullable: true,
      description: 'The share of examples that a head which was not trained on them routes right. Null when no intent has five examples.',
    }),
    expectedCalibrationError: t.exposeFloat('expectedCalibrationError', {
      nullable: true,
      description:
        'How far confidence is from the share that is right, on average, 0 to 1: of examples that neither the head nor its temperature was fitted on. Null when no intent has five examples.',
    }),
    outOfScopeThreshold: t.exposeFloat('outOfScopeThreshold', {
      nullable: true,
      description:
        'Messages that score below it are out of scope: standard deviations, learned so that 95% of the examples are kept. Null, and nothing is out of scope, when no intent has five examples.',
    }),
  }),
})

builder.queryField('router', (t) =>
  t.field({
    type: Router,
    description: 'Which head routes, how good it is by its own measures, and why it abstains when it does.',
    authScopes: { staff: true },
    resolve: (_root, _args, resources) => describeRouter(resources),
  }),
)
