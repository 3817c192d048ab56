import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { GraphQLFieldResolver } from 'graphql'
import { invalidInput } from './errors.ts'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      pageLimits: PageLimitsPlugin<Types>
    }
  }
}

const maximum = 100

/** Every list is bounded: a page size that is asked for and not from 1 to 100 is refused, rather than silently changed. */
class PageLimitsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (!('first' in field.args)) return resolve
    const advice = 'after' in field.args ? ' Ask for the next page with after.' : ''
    return (parent, args: { first?: number | null; last?: number | null }, context, info) => {
      for (const name of ['first', 'last'] as const) {
        const size = args[name]
        if (size !== null && size !== undefined && (size < 1 || size > maximum))
          throw invalidInput(`${name} must be from 1 to ${maximum}, and is ${size}.${advice}`)
      }
      return resolve(parent, args, context, info)
    }
  }
}

SchemaBuilder.registerPlugin('pageLimits', PageLimitsPlugin)
export default 'pageLimits' as const
