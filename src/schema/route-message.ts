import { checkText, limits } from '../services/checked-input.ts'
import { type RoutedMessage as RoutedMessageShape, routeMessage } from '../services/routing/route-message.ts'
import { builder } from './builder.ts'

const IntentConfidence = builder.objectRef<RoutedMessageShape['alternatives'][number]>('IntentConfidence').implement({
  fields: (t) => ({ intent: t.exposeString('intent'), confidence: t.exposeFloat('confidence') }),
})

const NearestExample = builder.objectRef<RoutedMessageShape['nearest'][number]>('NearestExample').implement({
  description: 'An example that the message resembles.',
  fields: (t) => ({
    intent: t.exposeString('intent'),
    text: t.exposeString('text'),
    similarity: t.exposeFloat('similarity', { description: 'Cosine, -1 to 1.' }),
  }),
})

const RoutedMessage = builder.objectRef<RoutedMessageShape>('RoutedMessage').implement({
  description: 'What the router makes of one message.',
  fields: (t) => ({
    intent: t.exposeString('intent', {
      nullable: true,
      description: 'Null when it abstains: fewer than two intents are known, or there is no embedder.',
    }),
    confidence: t.exposeFloat('confidence', { description: 'Calibrated, 0 to 1.' }),
    margin: t.exposeFloat('margin', { description: 'Confidence less that of the second best.' }),
    outOfScope: t.exposeBoolean('outOfScope', { description: 'Unlike anything in the examples of the intents.' }),
    degraded: t.exposeBoolean('degraded', { description: 'It had to abstain because the embedder is away.' }),
    alternatives: t.expose('alternatives', { type: [IntentConfidence], description: 'The next likely intents, at most three.' }),
    nearest: t.expose('nearest', { type: [NearestExample], description: 'The three examples that it resembles most: why it was routed so.' }),
  }),
})

builder.queryField('routeMessage', (t) =>
  t.field({
    type: RoutedMessage,
    description: 'Tries the router on a text; nothing is stored.',
    authScopes: { staff: true },
    args: { text: t.arg.string({ required: true }) },
    resolve: (_root, { text }, resources) => routeMessage(resources, { text: checkText('text', text, { maximum: limits.message }) }),
  }),
)
