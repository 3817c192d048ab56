import { mapEvents } from '../lib/map-events.ts'
import { NotFoundError } from '../services/errors.ts'
import { followRun } from '../services/runs/follow-run.ts'
import { runTypes } from '../services/runs/run-types.ts'
import type { LoggedEvent } from '../stores/event-log.ts'
import { builder } from './builder.ts'
import { RunStatus } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

export const runTypeNames = Object.values(runTypes)

export const Run = builder.prismaInterface('Run', {
  description: 'Anything long: durable, followed with `runEvents`, cancelled with `cancelRun`, resumed after a crash.',
  select: { id: true, kind: true },
  resolveType: ({ kind }) => runTypes[kind],
  authScopes: { staff: true },
  fields: (t) => ({
    id: t.globalID({ resolve: ({ id, kind }) => ({ type: runTypes[kind], id }) }),
    status: t.expose('status', { type: RunStatus }),
    step: t.exposeString('step', { nullable: true }),
    done: t.exposeInt('done'),
    total: t.exposeInt('total'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    failureCode: t.exposeString('failureCode', { nullable: true }),
    failureMessage: t.exposeString('failureMessage', { nullable: true }),
  }),
})

type Event = LoggedEvent & { runId: string }

const RunEvent = builder.interfaceRef<Event>('RunEvent').implement({
  description: 'A step of a run. Exactly one of RunCompleted, RunFailed and RunCancelled ends it.',
  resolveType: ({ type }) => type,
  authScopes: { staff: true },
  fields: (t) => ({ seq: t.exposeInt('seq', { description: '+1 from 1.' }), at: t.expose('at', { type: 'DateTime' }) }),
})

builder.objectRef<Event>('RunProgress').implement({
  interfaces: [RunEvent],
  fields: (t) => ({
    step: t.string({ resolve: ({ data }) => data.step as string }),
    done: t.int({ resolve: ({ data }) => data.done as number }),
    total: t.int({ resolve: ({ data }) => data.total as number }),
    message: t.string({ description: 'For people.', resolve: ({ data }) => data.message as string }),
  }),
})

for (const name of ['RunCompleted', 'RunFailed', 'RunCancelled']) {
  builder.objectRef<Event>(name).implement({
    interfaces: [RunEvent],
    fields: (t) => ({
      run: t.field({ type: Run, resolve: ({ runId }, _args, { database }) => database.run.findUniqueOrThrow({ where: { id: runId } }) }),
      ...(name === 'RunFailed' && {
        code: t.string({ resolve: ({ data }) => data.code as string }),
        message: t.string({ resolve: ({ data }) => data.message as string }),
      }),
    }),
  })
}

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: RunEvent,
    description: 'Everything of a run after `afterSeq`, then live, up to its one terminal event.',
    authScopes: { staff: true },
    args: { runId: t.arg.id({ required: true }), afterSeq: t.arg.int({ defaultValue: 0 }) },
    subscribe: async (_root, { runId: globalId, afterSeq }, resources) => {
      const runId = localIdOrNull(runTypeNames, globalId)
      if (runId === null) throw new NotFoundError('run')
      return mapEvents(await followRun(resources, { runId, afterSeq: afterSeq ?? 0 }), (event): Event => ({ ...event, runId }))
    },
    resolve: (event) => event,
  }),
)

/** An import of articles. */
export const ImportRun = builder.prismaNode('Run', {
  variant: 'ImportRun',
  description: 'An import of articles: one step a file. A file that cannot be read is reported and does not stop the rest.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: () => ({}),
})

/** A rebuild of the search index. */
export const ReindexRun = builder.prismaNode('Run', {
  variant: 'ReindexRun',
  description:
    'Builds a generation of the search index beside the live one, checks that it holds and finds everything, and swaps it in at once. Searches go on meanwhile.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: () => ({}),
})
