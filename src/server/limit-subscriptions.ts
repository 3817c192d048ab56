import { GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import type { Resources } from '../resources.ts'
import { createHeldCounts } from './count-held.ts'
import type { RequestContext } from './graphql-http.ts'

/** A key holds so many subscriptions at a time, over all transports together. */
export function limitSubscriptions({ config }: Pick<Resources, 'config'>): Plugin<Context, RequestContext> {
  const held = createHeldCounts()
  const maximum = config.SUBSCRIPTIONS_PER_KEY
  return {
    onSubscribe({ args, setResultAndStopExecution }) {
      const giveBack = held.take((args.contextValue as Context).viewer.callerId, maximum)
      if (!giveBack) return void setResultAndStopExecution({ errors: [tooMany('subscriptionsPerKey', maximum, 'Your key')] } as never)
      return {
        onSubscribeResult: ({ result }) => (isAsyncIterable(result) ? { onEnd: giveBack } : giveBack()),
        onSubscribeError: giveBack,
      }
    },
  }
}

export function tooMany(name: string, maximum: number, who: string): GraphQLError {
  return new GraphQLError(`${who} has ${maximum} subscriptions open, the most that is allowed at a time. Complete some first.`, {
    extensions: { code: 'RATE_LIMITED', limit: { name, maximum, actual: maximum + 1 }, http: { status: 429 } },
  })
}
