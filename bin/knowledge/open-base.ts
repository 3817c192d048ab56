import { graphql } from 'graphql'
import { type Config, readConfig } from '../../src/config.ts'
import { startWorkers } from '../../src/jobs/index.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { openResources } from '../../src/resources.ts'
import { encodeGlobalId } from '../../src/schema/global-ids.ts'
import { schema } from '../../src/schema/index.ts'
import type { Viewer } from '../../src/services/access/viewer.ts'
import { readDatasetLink } from '../../src/services/datasets/dataset-link.ts'
import { readDataset } from '../../src/services/datasets/read-dataset.ts'
import type { GivenFile } from '../../src/services/knowledge/start-import.ts'
import { startImport } from '../../src/services/knowledge/start-import.ts'
import { DataFolderInUseError, hasDatabase } from '../../src/stores/data-folder.ts'
import { CommandError } from './command-error.ts'
import { connectServer } from './connect-server.ts'

/** As the inputs of the mutations have them. */
export interface Deletions {
  deleteMissing: boolean
  confirmDeletions: boolean
}

/** The articles, wherever they are: behind a running server, or opened here. The same operations answer in both cases. */
export interface Base {
  ask<Data>(query: string, variables?: object): Promise<Data>
  /** The global id of the run. Files that come one by one are not held all at once, as far as that is possible. */
  startImport(files: AsyncIterable<GivenFile>, deletions: Deletions): Promise<string>
  /** The bytes of a dataset that was exported, by its address. */
  openDataset(url: string): Promise<AsyncIterable<Uint8Array>>
  close(): Promise<void>
}

/** Opens the database here, or asks the server that has it open, with the key of `whose`. `mustExist`: an empty one is no answer, and none is made. */
export async function openBase(
  environment: NodeJS.ProcessEnv,
  { whose = 'an agent or admin', mustExist = false }: { whose?: string; mustExist?: boolean } = {},
): Promise<Base> {
  const { UNDERSTUDY_URL: url, UNDERSTUDY_KEY: key } = environment
  if (url) {
    if (!key) throw new CommandError(`UNDERSTUDY_URL is set. Set UNDERSTUDY_KEY too, to the key of ${whose}.`)
    return connectServer({ url, key })
  }
  const config = readConfig(environment)
  if (mustExist && !config.DATABASE_URL && !hasDatabase(config.DATA_DIR))
    throw new CommandError(
      `There is no database in DATA_DIR ${config.DATA_DIR}. Set UNDERSTUDY_URL to the address of the server that is meant and UNDERSTUDY_KEY to the key of ${whose}, or DATA_DIR or DATABASE_URL to its database.`,
    )
  const serverUrl = `http://${config.HOST}:${config.PORT}/graphql`
  try {
    return await openHere(config)
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error
    if (key) return connectServer({ url: serverUrl, key })
    throw new CommandError(
      `DATA_DIR ${config.DATA_DIR} is open in another process, which is probably the server. Set UNDERSTUDY_KEY to the key of ${whose} to go through it, and UNDERSTUDY_URL if it is not at ${serverUrl}; or stop it first.`,
      { cause: error },
    )
  }
}

async function openHere(config: Config): Promise<Base> {
  const { resources, close } = await openResources(config, createLogger({ level: 'error', isTerminal: true }))
  const workers = await startWorkers(resources).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const viewer: Viewer = {
    callerId: 'shell',
    keyId: null,
    name: 'shell',
    role: 'ADMIN',
    agentId: null,
    customerId: null,
    partnerId: null,
    expiresAt: null,
  }
  return {
    async ask<Data>(source: string, variableValues: object = {}): Promise<Data> {
      const { data, errors } = await graphql({ schema, source, variableValues: { ...variableValues }, contextValue: { ...resources, viewer } })
      if (errors) throw errors[0]!.originalError ?? errors[0]!
      return data as Data
    },
    async startImport(files, deletions) {
      const { id } = await startImport(resources, { files, ...deletions })
      return encodeGlobalId('ImportRun', id)
    },
    async openDataset(url) {
      const datasetId = await readDatasetLink(resources, url.split('/').at(-1)!)
      const file = datasetId && (await readDataset(resources, datasetId))
      if (!file) throw new CommandError('The file has expired. Export it again.')
      return file.pieces
    },
    async close() {
      await workers.stop({ timeoutMs: 5_000 })
      await close()
    },
  }
}
