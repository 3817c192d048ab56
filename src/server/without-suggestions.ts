import { GraphQLError } from 'graphql'
import { isStaff, type Viewer } from '../services/access/viewer.ts'

/** Of what is wrong with a document, as errors without a path are: who sends nonsense gets no long answer to it. */
const mostAboutDocument = 5
const isTold = ({ path }: GraphQLError, at: number) => path !== undefined || at < mostAboutDocument

/** Errors for this viewer: only staff are told which names they may have meant, because a guess that is answered so reads the schema out. */
export function withoutSuggestions<Errors extends readonly GraphQLError[] | undefined>(errors: Errors, viewer: Pick<Viewer, 'role'>): Errors {
  if (!errors || isStaff(viewer)) return errors
  return errors.filter(isTold).map((error) => {
    const message = error.message.replace(/ Did you mean .*$/s, '')
    if (message === error.message) return error
    const { nodes, source, positions, path, extensions } = error
    return new GraphQLError(message, { nodes, source, positions, path, extensions })
  }) as readonly GraphQLError[] as Errors
}
