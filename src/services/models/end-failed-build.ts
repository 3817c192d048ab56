import { GeneratorError } from '../../engines/generator.ts'
import { ModelServerError } from '../../engines/model-server.ts'
import { TrainerError } from '../../engines/trainer.ts'
import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { finishRun } from '../runs/finish-run.ts'
import { RunStoppedError } from '../runs/progress-run.ts'
import { ModelBuildError } from './model-build-error.ts'
import { modelNameFor } from './model-name-for.ts'

const explained = [ModelBuildError, ModelServerError, GeneratorError, TrainerError]
const mayPass = (error: unknown) =>
  (error instanceof ModelServerError || error instanceof GeneratorError || error instanceof TrainerError) && error.retryable

/**
 * Ends a run whose model was not made, takes away from the server what there is of it, and has `clean` do the same here. Throws the error instead
 * where another try may go better.
 */
export async function endFailedBuild(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'modelServer' | 'logger'>,
  {
    runId,
    version,
    error,
    signal,
    isLastTry,
    clean = async () => {},
  }: { runId: string; version: ModelVersion; error: unknown; signal: AbortSignal; isLastTry: boolean; clean?: () => Promise<void> },
): Promise<void> {
  const { modelServer, logger } = resources
  const isStopped = error instanceof RunStoppedError
  const isExplained = explained.some((kind) => error instanceof kind)
  if (signal.aborted || !(isStopped || isLastTry || (isExplained && !mayPass(error)))) throw error
  if (!isExplained && !isStopped) logger.error({ runId, err: error }, 'a model was not made')
  await modelServer
    ?.delete(modelNameFor(version), { signal })
    .catch((failure: unknown) => logger.warn({ runId, err: failure }, 'a half-made model may be left behind'))
  await clean()
  if (isStopped) await finishRun(resources, { runId, status: 'CANCELLED' })
  else await finishRun(resources, { runId, status: 'FAILED', ...reasonOf(error, isExplained) })
}

const reasonOf = (error: unknown, isExplained: boolean) =>
  isExplained
    ? { code: error instanceof TrainerError ? error.code : 'MODEL_NOT_BUILT', message: (error as Error).message }
    : { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side. Nothing has changed. Start it again.' }
