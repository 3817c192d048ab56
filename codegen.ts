import type { CodegenConfig } from '@graphql-codegen/cli'
import { Kind, lexicographicSortSchema, print, printSchema } from 'graphql'
import { schema } from './src/schema/index.ts'
import { isLater, readContract } from './test/contract/read-contract.ts'

// src/schema → schema.graphql, whose diff is the API review, and typed documents of the contract's operations for the tests.
const operations = readContract().filter(({ name }) => !isLater(name))
const fragments = new Set(operations.flatMap(({ fragments }) => fragments))

const config: CodegenConfig = {
  schema: printSchema(lexicographicSortSchema(schema)),
  documents: [{ kind: Kind.DOCUMENT, definitions: [...fragments, ...operations.map(({ definition }) => definition)] }].map((document) =>
    print(document as never),
  ),
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    'schema.graphql': { plugins: ['schema-ast'] },
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTime: 'string', ID: 'string' } },
    },
  },
}

export default config
