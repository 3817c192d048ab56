import { join } from 'node:path'
import { runTrainer, type TrainerLine } from '../../engines/trainer.ts'
import type { FineTuning, Prisma, Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { runTopic } from '../../stores/event-log.ts'
import { progressRun } from '../runs/progress-run.ts'
import { whileTelling } from '../runs/while-telling.ts'
import { type FineTuningSettings, trainerArguments } from './check-settings.ts'
import type { BaseModel } from './find-base.ts'
import type { WrittenDataset } from './write-dataset.ts'

export interface LossPoint {
  step: number
  loss: number | null
  heldOutLoss: number | null
}

/** Of a curve, for people to look at. */
const mostPoints = 500
const secondsBetween = 2

/** Trains, and tells of each step in the run's log and loss curve. Cancelled it asks the trainer to stop. Returns what the trainer said of it. */
export async function trainWithProgress(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config'>,
  {
    run,
    fineTuning,
    base,
    dataset,
    folder,
    signal,
  }: { run: Run; fineTuning: FineTuning; base: BaseModel; dataset: WrittenDataset; folder: string; signal: AbortSignal },
): Promise<TrainerLine> {
  const { database, wakeUps, config } = resources
  let losses = fineTuning.losses as unknown as LossPoint[]
  const settings = fineTuning.settings as unknown as FineTuningSettings
  const held = dataset.heldOutPath ? ['--held-out', dataset.heldOutPath] : []
  const args = ['train', '--base', base.path, '--dataset', dataset.path, ...held, '--output', join(folder, 'run'), '--resume']
  return whileTelling(signal, ({ signal: stopping, tell }) =>
    runTrainer(config.TRAINER_COMMAND, [...args, ...trainerArguments(settings), '--progress-seconds', String(secondsBetween)], {
      cwd: folder,
      signal: stopping,
      onLine(line) {
        const point = pointOf(line)
        if (point) losses = thin([...losses.filter(({ step }) => step < point.step || point.loss === null), point])
        const curve = losses as unknown as Prisma.InputJsonValue
        tell(() => store(line, point && curve))
      },
    }),
  )

  async function store(line: TrainerLine, curve: Prisma.InputJsonValue | null): Promise<void> {
    await database.$transaction(async (tx) => {
      await progressRun(tx, run.id, { step: 'train', done: numberOf(line.done) ?? 0, total: numberOf(line.total) ?? 0, message: wordsOf(line) })
      if (curve) await tx.fineTuning.update({ where: { runId: run.id }, data: { losses: curve } })
    })
    wakeUps.notify(runTopic(run.id))
  }
}

function pointOf({ type, step, done, loss, held_out_loss: heldOutLoss }: TrainerLine): LossPoint | null {
  if (type !== 'progress' || (step !== 'train' && step !== 'evaluate')) return null
  const point = { step: numberOf(done) ?? 0, loss: step === 'train' ? numberOf(loss) : null, heldOutLoss: numberOf(heldOutLoss) }
  return point.loss === null && point.heldOutLoss === null ? null : point
}

/** Every second point of the first half goes when there are too many; held-out losses stay. */
function thin(points: LossPoint[]): LossPoint[] {
  if (points.length <= mostPoints) return points
  return points.filter(({ heldOutLoss }, index) => heldOutLoss !== null || index > mostPoints / 2 || index % 2 === 0).slice(-mostPoints)
}

function wordsOf({ message, loss, tokens_per_second: rate, eta_seconds: eta }: TrainerLine): string {
  const figures = [
    numberOf(loss) !== null && `loss ${numberOf(loss)!.toFixed(3)}`,
    numberOf(rate) !== null && `${numberOf(rate)!.toFixed(0)} tokens a second`,
    numberOf(eta) !== null && `${Math.ceil(numberOf(eta)! / 60)} minutes left`,
  ].filter(Boolean)
  return [typeof message === 'string' && message !== '' ? message : 'Training', ...figures].join(', ')
}

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
