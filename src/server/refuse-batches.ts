import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Before Yoga does, without saying what to do instead. */
export function refuseBatches(): Plugin {
  return {
    onRequestParse: () => ({
      onRequestParseDone({ requestParserResult }) {
        if (Array.isArray(requestParserResult)) throw batchError()
      },
    }),
  }
}

const batchError = () =>
  new GraphQLError(
    'An array of operations is not taken. Send each in a request of its own, many at the same time if you like, or put several fields into one operation.',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  )
