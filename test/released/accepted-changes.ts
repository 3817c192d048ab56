/**
 * Breaking changes since the released schema that were decided on, by the path that released-schema.test.ts names. Say why no client is hurt, or
 * what the clients were told. A new release empties this list.
 */
export const acceptedChanges: { path: string; date: string; reason: string }[] = []
