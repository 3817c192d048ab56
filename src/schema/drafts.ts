import { draftFilter } from '../services/drafting/draft-filter.ts'
import { builder } from './builder.ts'
import { DraftStatus, FeedbackRating } from './enums.ts'
import { localIdOrNull } from './global-ids.ts'

const DraftFilter = builder.inputType('DraftFilter', {
  description: 'Drafts to which all that is given applies; what is null or left out narrows nothing.',
  fields: (t) => ({
    status: t.field({ type: [DraftStatus], description: 'Any of these.' }),
    intent: t.string({ description: 'The name of the intent that the router found.' }),
    modelVersionId: t.id({ description: 'Written with this model version.' }),
    variantId: t.id({ description: 'Written for this variant of an experiment.' }),
    rating: t.field({ type: FeedbackRating, description: 'Some agent rated it so.' }),
    edited: t.boolean({ description: 'Sent after changes, or with false as it was.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'From this moment on.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

builder.queryField('drafts', (t) =>
  t.prismaConnection({
    type: 'Draft',
    cursor: 'id',
    description: 'Newest first: the rows behind the figures of `analytics`.',
    authScopes: { staff: true },
    args: { filter: t.arg({ type: DraftFilter, description: 'All of them when left out.' }) },
    resolve: (query, _root, { filter }, { database }) => {
      const modelVersionId = filter?.modelVersionId == null ? null : (localIdOrNull('ModelVersion', filter.modelVersionId) ?? 'nobody')
      const variantId = filter?.variantId == null ? null : (localIdOrNull('ExperimentVariant', filter.variantId) ?? 'nobody')
      return database.draft.findMany({ ...query, where: draftFilter({ ...filter, modelVersionId, variantId }), orderBy: { id: 'desc' } })
    },
  }),
)
