import type { Run } from '../../../generated/prisma/client.ts'
import type { Resources } from '../../../resources.ts'
import { recordAudit } from '../../access/record-audit.ts'
import type { Viewer } from '../../access/viewer.ts'
import { limits } from '../../checked-input.ts'
import { InvalidInputError } from '../../errors.ts'
import { checkUrl } from './import-hosts.ts'

export interface UrlImport {
  urls?: string[] | null
  sitemap?: string | null
  deleteMissing?: boolean | null
  confirmDeletions?: boolean | null
  by?: Viewer | null
}

/** Queues the run that fetches these pages, and those that a sitemap lists. What is wrong with a single page is the run's to report. */
export async function startUrlImport(
  resources: Pick<Resources, 'database' | 'queue' | 'config'>,
  { urls, sitemap, deleteMissing, confirmDeletions, by = null }: UrlImport,
): Promise<Run> {
  if (!sitemap && !urls?.length) throw new InvalidInputError('There is nothing to import. Give urls or a sitemap.')
  if ((urls?.length ?? 0) > limits.importUrls)
    throw new InvalidInputError(`urls has ${urls?.length} entries, and at most ${limits.importUrls} are allowed. Split the import.`)
  const pages = [...new Set(urls?.map((url) => checkUrl(url, resources)))]
  const parameters = {
    deleteMissing: deleteMissing ?? false,
    confirmDeletions: confirmDeletions ?? false,
    source: 'urls',
    ...(sitemap && { sitemap: checkUrl(sitemap, resources) }),
  }
  return resources.database.$transaction(async (tx) => {
    const run = await tx.run.create({ data: { kind: 'IMPORT', total: pages.length, parameters, createdById: by?.agentId ?? null } })
    await tx.importFile.createMany({ data: pages.map((path, position) => ({ runId: run.id, position, path })) })
    await resources.queue.send('import-articles', { runId: run.id }, { transaction: tx })
    const details = { pages: pages.length, deleteMissing: parameters.deleteMissing }
    await recordAudit(tx, by, { action: 'importArticlesFromUrls', targetType: 'ImportRun', targetId: run.id, details })
    return run
  })
}
