import { parentPort, workerData } from 'node:worker_threads'
import { fitRetrieval, type RetrievalLessons } from './fit-retrieval.ts'

const fit = fitRetrieval(workerData as RetrievalLessons, { onFold: (done, total) => parentPort!.postMessage({ type: 'fold', done, total }) })
parentPort!.postMessage({ type: 'fit', fit })
