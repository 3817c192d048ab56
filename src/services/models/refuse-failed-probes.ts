import type { ModelVersion, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ModelBuildError } from './model-build-error.ts'
import type { Probe } from './probe-model.ts'

/** Where one failed, all are kept on the version, so that people see what was tried. */
export async function refuseFailedProbes(
  { database }: Pick<Resources, 'database'>,
  { version, probes, verb }: { version: ModelVersion; probes: Probe[]; verb: 'made' | 'trained' },
): Promise<void> {
  const failed = probes.find(({ passed }) => !passed)
  if (!failed) return
  await database.modelVersion.update({ where: { id: version.id }, data: { probes: probes as unknown as Prisma.InputJsonValue } })
  throw new ModelBuildError(`The model was ${verb}, but is not as it must be: ${failed.detail}`)
}
