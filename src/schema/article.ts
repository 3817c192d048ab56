import { isPublic } from '../services/access/public-articles.ts'
import { articleFilter } from '../services/knowledge/article-filter.ts'
import { isSlug } from '../services/knowledge/slug.ts'
import { builder } from './builder.ts'
import { ArticleStatus, Audience, IndexState } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

export const Chunk = builder.prismaObject('Chunk', {
  description: 'A passage of an article, as it is searched.',
  // Reached through its article, or through a search that says which may be seen.
  authScopes: { staff: true, partner: true },
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'From 0, in the order of the article.' }),
    heading: t.exposeString('heading', { description: 'Title, section and subsection.' }),
    text: t.exposeString('text', { description: 'Markdown.' }),
  }),
})

export const Article = builder.prismaNode('Article', {
  description: 'What the team knows, in Markdown. It is cut into chunks at its headings, and searched by those.',
  id: { field: 'id' },
  authScopes: (article) => (isPublic(article) ? { staff: true, partner: true } : { staff: true }),
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Unique, and stays when the title changes.' }),
    title: t.exposeString('title', { description: 'One line, searched with every passage of it.' }),
    body: t.exposeString('body', { description: 'Markdown.' }),
    category: t.exposeString('category', { description: 'One of the team’s own; `categories` lists those in use. A search can be narrowed to it.' }),
    tags: t.exposeStringList('tags', { description: 'The team’s own words for it; `tags` lists those in use. Not searched.' }),
    audience: t.expose('audience', { description: 'Whether customers may read what it says.', type: Audience }),
    locale: t.exposeString('locale', { description: 'A language tag, such as en or pt-BR.' }),
    status: t.expose('status', { description: 'Whether it is found. Agents set it with `updateArticle`.', type: ArticleStatus }),
    version: t.exposeInt('version', { description: '+1 with each change. Send it as `expectedVersion` to be told of changes in between.' }),
    indexState: t.expose('indexState', { type: IndexState, description: 'Whether a search finds what it says now.', authScopes: { staff: true } }),
    indexError: t.exposeString('indexError', { nullable: true, authScopes: { staff: true }, description: 'Why it is FAILED.' }),
    sourcePath: t.exposeString('sourcePath', {
      nullable: true,
      authScopes: { staff: true },
      description: 'The file, row or address that an import found it in.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    chunks: t.relation('chunks', {
      description: 'Those of the version that is searched; none while it is not PUBLISHED.',
      query: { where: { kind: 'SECTION', indexedIn: { state: 'LIVE' } }, orderBy: { index: 'asc' } },
    }),
  }),
})

const ArticleFilter = builder.inputType('ArticleFilter', {
  description: 'Articles to which all that is given applies; what is null or left out narrows nothing.',
  fields: (t) => ({
    category: t.string({ description: 'Upper and lower case alike.' }),
    status: t.field({ description: 'Any of these.', type: [ArticleStatus] }),
    audience: t.field({ description: 'Only these; both when left out.', type: Audience }),
    locale: t.string({ description: 'A language tag, such as en; upper and lower case alike.' }),
    tag: t.string({ description: 'Has this tag among others; upper and lower case alike.' }),
    search: t.string({ description: 'In title and body, upper and lower case alike. `searchKnowledge` searches by meaning.' }),
  }),
})

builder.queryField('articles', (t) =>
  t.prismaConnection({
    type: 'Article',
    cursor: 'id',
    description: 'Most recently changed first.',
    authScopes: { staff: true },
    args: { filter: t.arg({ description: 'All articles when left out.', type: ArticleFilter }) },
    resolve: (query, _root, { filter }, { database }) =>
      database.article.findMany({ ...query, where: articleFilter(filter ?? {}), orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }] }),
  }),
)

builder.queryField('article', (t) =>
  t.prismaField({
    type: 'Article',
    nullable: true,
    description: 'Any article by its id, whatever its status.',
    authScopes: { staff: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of an Article.' }) },
    resolve: (query, _root, { id }, { database }) => {
      const articleId = localIdOrNull('Article', id)
      return articleId === null ? null : database.article.findUnique({ ...query, where: { id: articleId } })
    },
  }),
)

builder.queryField('articleBySlug', (t) =>
  t.prismaField({
    type: 'Article',
    nullable: true,
    description: 'The same by its slug, as links to a help centre have it.',
    authScopes: { staff: true },
    args: { slug: t.arg.string({ required: true, description: 'Exactly as `Article.slug` has it. It stays when the title changes.' }) },
    resolve: (query, _root, { slug }, { database }) => (isSlug(slug) ? database.article.findUnique({ ...query, where: { slug } }) : null),
  }),
)
