import { type ExecutionResult, GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import type { LiveRights, RightsEnd } from '../services/access/live-rights.ts'
import type { Viewer } from '../services/access/viewer.ts'
import type { KnownOperation } from '../stores/registered-operations.ts'

/** A subscription ends with an error when the key or token behind it does, or the registered operation that it runs, over whichever transport. */
export function endWithRights(rights: LiveRights): Plugin<Context, { viewer: Viewer }> {
  return {
    onSubscribe: ({ args }) => {
      const { viewer, registered = null } = args.contextValue as Context & { registered?: KnownOperation | null }
      const watch: Watch = (end) => rights.watch(viewer, end, registered)
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (isAsyncIterable<ExecutionResult>(result)) setResult(untilEnd(result, watch) as never)
        },
      }
    },
  }
}

type Watch = (end: (why: RightsEnd) => void) => () => void

const errorOf = (why: RightsEnd) =>
  why === 'KEY'
    ? new GraphQLError('Your key or token is no longer valid: it was revoked or has expired. Subscribe again with a valid one.', {
        extensions: { code: 'UNAUTHENTICATED' },
      })
    : new GraphQLError('This registered operation is answered no more. Use the one that took its place, or ask an admin.', {
        extensions: { code: 'FORBIDDEN' },
      })

function untilEnd(events: AsyncIterable<ExecutionResult>, watch: Watch): AsyncIterableIterator<ExecutionResult> {
  const source = events[Symbol.asyncIterator]()
  const ended = Promise.withResolvers<RightsEnd>()
  const stop = watch(ended.resolve)
  let isOver = false
  const done = { done: true as const, value: undefined }

  async function finish(): Promise<void> {
    isOver = true
    stop()
    // Not waited for: a source that waits for its next event returns when that has come.
    void Promise.resolve(source.return?.()).catch(() => {})
  }
  return {
    async next() {
      if (isOver) return done
      const next = source.next()
      const first = await Promise.race([next, ended.promise])
      if (first === 'KEY' || first === 'OPERATION') {
        next.catch(() => {})
        await finish()
        return { done: false, value: { errors: [errorOf(first)] } }
      }
      if (first.done) {
        isOver = true
        stop()
      }
      return first
    },
    async return() {
      await finish()
      return done
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
