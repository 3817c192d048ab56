import { InvalidInputError } from '../services/errors.ts'
import { nextRunAt, scheduleRetraining } from '../services/training/schedule-retraining.ts'
import { builder } from './builder.ts'

type Schedule = { cron: string | null; minimumExamples: number | null; skippedAt: Date | null; skippedReason: string | null }
const off: Schedule = { cron: null, minimumExamples: null, skippedAt: null, skippedReason: null }

const RetrainingSchedule = builder.objectRef<Schedule>('RetrainingSchedule').implement({
  description: 'When retrainings start by themselves.',
  fields: (t) => ({
    cron: t.exposeString('cron', {
      nullable: true,
      description: 'Minute, hour, day of the month, month, day of the week, in UTC; null when it is off.',
    }),
    minimumExamples: t.exposeInt('minimumExamples', { nullable: true, description: 'With fewer new examples nothing starts; null when it is off.' }),
    nextRunAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is due next; null when it is off.',
      resolve: ({ cron }) => (cron === null ? null : nextRunAt({ cron })),
    }),
    skippedAt: t.expose('skippedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last due and nothing started; null when the last one started.',
    }),
    skippedReason: t.exposeString('skippedReason', { nullable: true, description: 'Why nothing started then.' }),
  }),
})

const ScheduleRetrainingInput = builder.inputType('ScheduleRetrainingInput', {
  fields: (t) => ({
    cron: t.string({ description: 'Five fields in UTC, due at most every 5 minutes; "0 3 * * *" is every day at three. Null turns it off.' }),
    minimumExamples: t.int({ description: 'With fewer new examples nothing starts; from 1 to 100,000, and 10 when left out.' }),
  }),
})

builder.mutationField('scheduleRetraining', (t) =>
  t.field({
    type: RetrainingSchedule,
    description: 'Decides when retrainings start by themselves. What they learn is activated by the same rules as any other. Idempotent.',
    authScopes: { admin: true },
    errors: { types: [InvalidInputError] },
    args: { input: t.arg({ type: ScheduleRetrainingInput, required: true }) },
    resolve: async (_root, { input }, resources) =>
      (await scheduleRetraining(resources, { cron: input.cron ?? null, minimumExamples: input.minimumExamples ?? null, by: resources.viewer })) ??
      off,
  }),
)

builder.queryField('retrainingSchedule', (t) =>
  t.field({
    type: RetrainingSchedule,
    description: 'When retrainings start by themselves.',
    authScopes: { staff: true },
    resolve: async (_root, _args, { database }) => (await database.retrainingSchedule.findFirst()) ?? off,
  }),
)
