import { GraphQLError } from 'graphql'
import { isStaff, type Viewer } from '../services/access/viewer.ts'

/** Errors for this viewer: only staff are told which names they may have meant, because a guess that is answered so reads the schema out. */
export function withoutSuggestions<Errors extends readonly GraphQLError[] | undefined>(errors: Errors, viewer: Pick<Viewer, 'role'>): Errors {
  if (!errors || isStaff(viewer)) return errors
  return errors.map((error) => {
    const message = error.message.replace(/ Did you mean .*$/s, '')
    if (message === error.message) return error
    const { nodes, source, positions, path, extensions } = error
    return new GraphQLError(message, { nodes, source, positions, path, extensions })
  }) as readonly GraphQLError[] as Errors
}
