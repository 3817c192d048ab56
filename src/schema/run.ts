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
    status: t.expose('status', { description: 'How far it is.', type: RunStatus }),
    step: t.exposeString('step', { nullable: true, description: 'What it does now, as one word such as import; null before it starts.' }),
    done: t.exposeInt('done', { description: 'How many entries of its current step are done.' }),
    total: t.exposeInt('total', { description: 'How many there are in its current step, as far as is known.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker first took it; null while it is QUEUED.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came to its end, whichever that was; null until then.',
    }),
    failureCode: t.exposeString('failureCode', { nullable: true, description: 'For programs; null unless it is FAILED.' }),
    failureMessage: t.exposeString('failureMessage', {
      nullable: true,
      description: 'What happened and what to do next, for people; null unless it is FAILED.',
    }),
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
  description: 'It is further than it was.',
  interfaces: [RunEvent],
  fields: (t) => ({
    step: t.string({ description: 'What it does now, as one word such as import.', resolve: ({ data }) => data.step as string }),
    done: t.int({ description: 'How many entries of this step are done.', resolve: ({ data }) => data.done as number }),
    total: t.int({ description: 'How many there are in this step, as far as is known.', resolve: ({ data }) => data.total as number }),
    message: t.string({ description: 'For people.', resolve: ({ data }) => data.message as string }),
  }),
})

const ends = {
  RunCompleted: 'It has done everything.',
  RunFailed: 'It could not go on. What it had done stays.',
  RunCancelled: 'Somebody stopped it. What it had done stays.',
}
for (const [name, description] of Object.entries(ends)) {
  builder.objectRef<Event>(name).implement({
    description,
    interfaces: [RunEvent],
    fields: (t) => ({
      run: t.field({
        type: Run,
        description: 'With its end.',
        resolve: ({ runId }, _args, { database }) => database.run.findUniqueOrThrow({ where: { id: runId } }),
      }),
      ...(name === 'RunFailed' && {
        code: t.string({ description: 'For programs. New ones may come.', resolve: ({ data }) => data.code as string }),
        message: t.string({ description: 'What happened and what to do next, for people.', resolve: ({ data }) => data.message as string }),
      }),
    }),
  })
}

builder.subscriptionField('runEvents', (t) =>
  t.field({
    type: RunEvent,
    description: 'Everything of a run after `afterSeq`, then live, up to its one terminal event.',
    authScopes: { staff: true },
    args: {
      runId: t.arg.id({ required: true }),
      afterSeq: t.arg.int({ description: 'The `seq` of the last event that the client has; 0 for all of them.', defaultValue: 0 }),
    },
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
