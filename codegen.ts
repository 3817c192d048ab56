import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'
import { Kind, lexicographicSortSchema, print, printSchema } from 'graphql'
import { schema } from './src/schema/index.ts'
import { readContract } from './test/contract/read-contract.ts'

// src/schema → schema.graphql, whose diff is the API review, possible-types.json for caches, and typed documents of the contract's operations for the tests.
const operations = readContract()
const fragments = new Set(operations.flatMap(({ fragments }) => fragments))

const config: CodegenConfig = {
  schema: printSchema(lexicographicSortSchema(schema)),
  emitLegacyCommonJSImports: false,
  importExtension: '.ts',
  generates: {
    'schema.graphql': { plugins: ['schema-ast'] },
    'possible-types.json': { plugins: ['./bin/possible-types.ts'] },
    'test/generated/': {
      documents: [{ kind: Kind.DOCUMENT, definitions: [...fragments, ...operations.map(({ definition }) => definition)] }].map((document) =>
        print(document as never),
      ),
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTime: 'string', ID: 'string' } },
    },
    // What the clients of test/clients hold, as a frontend would make it; persisted-documents.json is what a partner has registered.
    // #region codegen
    'test/clients/generated/': {
      documents: 'test/clients/desk.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      // Apollo Client asks for it everywhere, and a hash has no text to add it to.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: { useTypeImports: true, enumsAsTypes: true, scalars: { DateTime: 'string', ID: 'string' } },
    },
    // #endregion
  },
}

export default config
