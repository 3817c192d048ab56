import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** One registry an app, so that two apps in one process (tests) do not share counts. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'understudy_' })
  const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
  return {
    registry,
    drafts: new Counter({
      name: 'understudy_drafts_total',
      help: 'Drafts that ended, by status and generator',
      labelNames: ['status', 'origin'],
      registers: [registry],
    }),
    firstText: new Histogram({
      name: 'understudy_draft_first_text_seconds',
      help: 'From draftReply to the first text',
      buckets: seconds,
      registers: [registry],
    }),
    draftSeconds: new Histogram({
      name: 'understudy_draft_seconds',
      help: 'From draftReply to the end of the draft',
      buckets: seconds,
      registers: [registry],
    }),
    retrievals: new Histogram({
      name: 'understudy_retrieval_seconds',
      help: 'One retrieval, by whether a part was away',
      labelNames: ['degraded'],
      buckets: seconds,
      registers: [registry],
    }),
    degradedRetrievals: new Counter({
      name: 'understudy_degraded_retrievals_total',
      help: 'Retrievals that went on without a part, by the part',
      labelNames: ['part'],
      registers: [registry],
    }),
    webhookAttempts: new Counter({
      name: 'understudy_webhook_attempts_total',
      help: 'Webhook messages sent, by whether the receiver took them',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    generatorCircuit: new Gauge({
      name: 'understudy_generator_circuit',
      help: 'Circuit breaker of a language model: 0 closed, 1 half-open, 2 open',
      labelNames: ['generator'],
      registers: [registry],
    }),
    generatorAnswers: new Gauge({
      name: 'understudy_generator_answers',
      help: 'Answers that a language model is giving',
      labelNames: ['generator'],
      registers: [registry],
    }),
    generatorRetries: new Counter({
      name: 'understudy_generator_retries_total',
      help: 'Answers asked for again, because a try failed before its first word',
      labelNames: ['generator'],
      registers: [registry],
    }),
    generatorFallbacks: new Counter({
      name: 'understudy_generator_fallbacks_total',
      help: 'Drafts that another generator wrote, by the one that failed',
      labelNames: ['generator'],
      registers: [registry],
    }),
    operations: new Counter({
      name: 'understudy_operations_total',
      help: 'GraphQL operations, by type and outcome',
      labelNames: ['type', 'outcome'],
      registers: [registry],
    }),
    routerExamples: new Gauge({
      name: 'understudy_router_examples',
      help: 'Examples that the router is trained on; 0 when it abstains',
      registers: [registry],
    }),
    routerAccuracy: new Gauge({ name: 'understudy_router_accuracy', help: 'Cross-validated accuracy of the router', registers: [registry] }),
    routerCalibrationError: new Gauge({
      name: 'understudy_router_expected_calibration_error',
      help: 'Cross-validated calibration error of the router',
      registers: [registry],
    }),
    routerTraining: new Histogram({
      name: 'understudy_router_training_seconds',
      help: 'One training of the router, reading the examples included',
      buckets: seconds,
      registers: [registry],
    }),
    wakeUps: new Counter({
      name: 'understudy_wake_ups_total',
      help: 'Topics that other replicas were told of or told us of, by direction; a dropped one costs a follower up to a second',
      labelNames: ['direction'],
      registers: [registry],
    }),
    wakeUpsCarried: new Gauge({
      name: 'understudy_wake_ups_carried',
      help: '1 while wake-ups reach the other replicas, or there are none; 0 while each looks once a second',
      registers: [registry],
    }),
    subscriptions: new Gauge({ name: 'understudy_subscriptions', help: 'Open GraphQL subscriptions', registers: [registry] }),
  }
}
