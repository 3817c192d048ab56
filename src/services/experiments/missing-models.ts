import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ConflictError } from '../errors.ts'
import { refuseMissingModel } from '../models/promote-model-version.ts'

/** Of those versions whose model is not there now, why, by their ids. Asks the generator: not to be called in a transaction. */
export async function missingModels({ generators }: Pick<Resources, 'generators'>, versions: ModelVersion[]): Promise<Map<string, string>> {
  const missing = new Map<string, string>()
  for (const version of versions)
    await refuseMissingModel({ generators }, version).catch((error: unknown) => {
      if (!(error instanceof ConflictError)) throw error
      missing.set(version.id, error.message)
    })
  return missing
}
