import type { Base } from './open-base.ts'

type Page<Article> = { articles: { edges: { node: Article }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }

/** Every article with these fields, page by page. */
export async function* articlePages<Article>(base: Base, first: number, fields: string): AsyncGenerator<Article> {
  let after: string | null = null
  do {
    const query = `query ($first: Int!, $after: String) {
      articles(first: $first, after: $after) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`
    const { articles }: Page<Article> = await base.ask<Page<Article>>(query, { first, after })
    for (const { node } of articles.edges) yield node
    after = articles.pageInfo.hasNextPage ? articles.pageInfo.endCursor : null
  } while (after !== null)
}
