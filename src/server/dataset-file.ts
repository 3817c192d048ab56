import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Resources } from '../resources.ts'
import { readDatasetLink } from '../services/datasets/dataset-link.ts'
import { readDataset } from '../services/datasets/read-dataset.ts'

/** GET streams the file of a dataset to whoever has its link, as fast as they read it. */
export async function serveDataset(request: IncomingMessage, response: ServerResponse, token: string, resources: Resources): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  const datasetId = await readDatasetLink(resources, token)
  const file = datasetId === null ? null : await readDataset(resources, datasetId)
  if (!file) {
    response.setHeader('content-type', 'application/json')
    response.writeHead(404).end(JSON.stringify({ error: 'This link is none of ours, or its file has expired. Export it again.' }))
    return
  }
  response.setHeader('content-type', 'application/jsonl; charset=utf-8')
  response.setHeader('content-disposition', `attachment; filename="${file.name}"`)
  if (request.method === 'HEAD') return void response.end()
  // Whoever hangs up half-way is nobody's failure.
  await pipeline(Readable.from(file.pieces), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  })
}
