import { Article } from './article.ts'
import { builder } from './builder.ts'
import { ArticleStatus, Audience } from './enums.ts'

builder.prismaObject('ArticleVersion', {
  description: 'What an article said at one time.',
  authScopes: { staff: true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'From 1.' }),
    title: t.exposeString('title', { description: 'As it was in this version.' }),
    body: t.exposeString('body', { description: 'Markdown.' }),
    category: t.exposeString('category', { description: 'As it was in this version.' }),
    tags: t.exposeStringList('tags', { description: 'As they were in this version.' }),
    audience: t.expose('audience', { description: 'As it was in this version.', type: Audience }),
    locale: t.exposeString('locale', { description: 'A language tag, as it was in this version.' }),
    status: t.expose('status', { description: 'As it was in this version.', type: ArticleStatus }),
    restoredFrom: t.exposeInt('restoredFrom', { nullable: true, description: 'The version whose content this one took up again.' }),
    author: t.relation('author', { nullable: true, description: 'Null when no person of the team wrote it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

builder.prismaObjectField(Article, 'versions', (t) =>
  t.relatedConnection('versions', {
    cursor: 'id',
    authScopes: { staff: true },
    description: 'Newest first; the first of them is what the article says now.',
    query: { orderBy: { version: 'desc' } },
  }),
)
