import { type ExecutionResult, GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import type { LiveRights } from '../services/access/live-rights.ts'
import type { Viewer } from '../services/access/viewer.ts'

/** A subscription ends with an error when the key or token behind it does, over whichever transport. */
export function endWithRights(rights: LiveRights): Plugin<Context, { viewer: Viewer }> {
  return {
    onSubscribe: ({ args }) => {
      const { viewer } = args.contextValue as Context
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (isAsyncIterable<ExecutionResult>(result)) setResult(untilEnd(result, viewer, rights) as never)
        },
      }
    },
  }
}

const rightsEnded = () =>
  new GraphQLError('Your key or token is no longer valid: it was revoked or has expired. Subscribe again with a valid one.', {
    extensions: { code: 'UNAUTHENTICATED' },
  })

function untilEnd(events: AsyncIterable<ExecutionResult>, viewer: Viewer, rights: LiveRights): AsyncIterableIterator<ExecutionResult> {
  const source = events[Symbol.asyncIterator]()
  const ended = Promise.withResolvers<'ended'>()
  const stop = rights.watch(viewer, () => ended.resolve('ended'))
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
      if (first === 'ended') {
        next.catch(() => {})
        await finish()
        return { done: false, value: { errors: [rightsEnded()] } }
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
