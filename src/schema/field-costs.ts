import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { FieldComplexity } from '@pothos/plugin-complexity'

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      fieldCosts: FieldCostsPlugin<Types>
    }
  }
}

const defaultPage = 20
/** One that asks for more is refused with a better reason than its cost. */
const largestPage = 100
/** What a short list without pages is taken to hold. */
const usualLength = 10
const costOfWriting = 10

/**
 * What a field costs that says nothing of its own with `complexity`: a value nothing, an object a point, a mutation or subscription ten; what is
 * selected in a list as often as it can be there.
 */
class FieldCostsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.pothosOptions.complexity !== undefined) return field
    return { ...field, pothosOptions: { ...field.pothosOptions, complexity: costOf(field) } } as PothosOutputFieldConfig<Types>
  }
}

function costOf<Types extends SchemaTypes>({
  kind,
  parentType,
  type,
  args,
}: PothosOutputFieldConfig<Types>): FieldComplexity<object, Record<string, unknown>> {
  if (kind === 'Mutation' || kind === 'Subscription') return { field: costOfWriting, multiplier: 1 }
  if ('first' in args) return ({ first, last }) => ({ field: 1, multiplier: Math.min(Number(first ?? last ?? defaultPage), largestPage) })
  const { kind: valueKind } = type.kind === 'List' ? type.type : type
  if (valueKind === 'Scalar' || valueKind === 'Enum') return 0
  // The page's size is counted at the connection itself.
  if (parentType.endsWith('Connection')) return { field: 0, multiplier: 1 }
  return { field: 1, multiplier: type.kind === 'List' ? usualLength : 1 }
}

SchemaBuilder.registerPlugin('fieldCosts', FieldCostsPlugin)
export default 'fieldCosts' as const
