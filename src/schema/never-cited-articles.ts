import { neverCited } from '../services/knowledge-health/never-cited.ts'
import { builder } from './builder.ts'

builder.queryField('neverCitedArticles', (t) =>
  t.prismaConnection({
    type: 'Article',
    cursor: 'id',
    description: 'PUBLISHED and PUBLIC articles that no draft’s text has ever rested on, oldest first. Drafts never rest on INTERNAL ones.',
    authScopes: { staff: true },
    args: { olderThanDays: t.arg.int({ defaultValue: 0, description: 'Only those created at least so many days ago; 0 to 3,650.' }) },
    resolve: (query, _root, { olderThanDays }, { database }) =>
      database.article.findMany({
        ...query,
        where: neverCited({ olderThanDays: olderThanDays ?? 0 }),
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      }),
  }),
)
