import { parentPort, workerData } from 'node:worker_threads'
import { fitIntentHead, type LabelledVectors } from './fit-intent-head.ts'

parentPort!.postMessage(fitIntentHead(workerData as LabelledVectors))
