import { builder } from './builder.ts'

export interface RoutingShape {
  intent: string | null
  confidence: number
  margin: number
  outOfScope: boolean
  alternatives: { intent: string; confidence: number }[]
  nearest: { intent: string; text: string; similarity: number }[]
}

const IntentConfidence = builder.objectRef<RoutingShape['alternatives'][number]>('IntentConfidence').implement({
  description: 'An intent that it might be instead.',
  fields: (t) => ({
    intent: t.exposeString('intent', { description: 'The name of the intent.' }),
    confidence: t.exposeFloat('confidence', { description: 'Calibrated, 0 to 1.' }),
  }),
})

const NearestExample = builder.objectRef<RoutingShape['nearest'][number]>('NearestExample').implement({
  description: 'An example that the message resembles.',
  fields: (t) => ({
    intent: t.exposeString('intent', { description: 'The name of the intent that it is an example of.' }),
    text: t.exposeString('text', { description: 'The example, word for word.' }),
    similarity: t.exposeFloat('similarity', { description: 'Cosine, -1 to 1.' }),
  }),
})

/** What the router says of a message, on whatever it says it. */
const Routed = builder.interfaceRef<RoutingShape>('Routed').implement({
  description: 'What the router makes of a text.',
  // A partner’s through its drafts.
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    intent: t.exposeString('intent', {
      nullable: true,
      description: 'Null when it abstains: it has no trained head (`router` says why), the embedder is away, or the text has no letter in it.',
    }),
    confidence: t.exposeFloat('confidence', { description: 'Calibrated, 0 to 1; 0 when it abstains.' }),
    margin: t.exposeFloat('margin', { description: 'Confidence less that of the second best.' }),
    outOfScope: t.exposeBoolean('outOfScope', { description: 'Unlike anything in the examples of the intents.' }),
    alternatives: t.expose('alternatives', { type: [IntentConfidence], description: 'The next likely intents, at most three.' }),
    nearest: t.expose('nearest', {
      type: [NearestExample],
      authScopes: { staff: true },
      description: 'The three examples that it resembles most: why it was routed so.',
    }),
  }),
})

export const Routing = builder.objectRef<RoutingShape>('Routing').implement({
  description: 'What the router made of the customer’s turn, as it was then.',
  interfaces: [Routed],
})

export const RoutedMessage = builder.objectRef<RoutingShape & { degraded: boolean }>('RoutedMessage').implement({
  description: 'What the router makes of one message now.',
  interfaces: [Routed],
  fields: (t) => ({
    degraded: t.exposeBoolean('degraded', { description: 'It had to abstain because the embedder is away.' }),
  }),
})
