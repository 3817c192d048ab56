import type { Plugin } from 'vitest/config'

/** What babel-plugin-relay does in a frontend: a graphql tag becomes the artifact that relay-compiler made of it. */
export const replaceGraphqlTags: Plugin = {
  name: 'replace-graphql-tags',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/test/clients/relay/relay-desk.ts')) return
    const names = new Set<string>()
    const replaced = code.replace(/\bgraphql`\s*(?:query|mutation|subscription) (\w+)[^`]*`/g, (_tag, name: string) => {
      names.add(name)
      return `artifact_${name}`
    })
    return [...[...names].map((name) => `import artifact_${name} from './__generated__/${name}.graphql.ts'`), replaced].join('\n')
  },
}
