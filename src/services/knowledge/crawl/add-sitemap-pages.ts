import type { Prisma, Run } from '../../../generated/prisma/client.ts'
import type { Resources } from '../../../resources.ts'
import { runTopic } from '../../../stores/event-log.ts'
import { limits } from '../../checked-input.ts'
import { progressRun } from '../../runs/progress-run.ts'
import { readSitemap, SitemapError } from './read-sitemap.ts'

/** The first step of an import by sitemap: its pages wait behind those that were named. Done once, also when the run is taken up again. */
export async function addSitemapPages(resources: Pick<Resources, 'database' | 'wakeUps' | 'config'>, run: Run, signal: AbortSignal): Promise<Run> {
  const { database, wakeUps } = resources
  const { sitemap, ...parameters } = run.parameters as Prisma.JsonObject & { sitemap?: string }
  if (!sitemap) return run
  const pages = await readSitemap(resources, sitemap, { signal })
  const read = await database.$transaction(async (tx) => {
    const known = new Set((await tx.importFile.findMany({ where: { runId: run.id }, select: { path: true } })).map(({ path }) => path))
    const added = pages.filter(({ address }) => !known.has(address))
    const total = known.size + added.length
    if (total > limits.importUrls) throw new SitemapError(sitemap, `it and the given urls are more than ${limits.importUrls} pages`)
    await tx.importFile.createMany({
      data: added.map(({ address, problem }, index) => ({ runId: run.id, position: known.size + index, path: address, problem })),
    })
    const message = `${sitemap} lists ${pages.length === 1 ? 'one page' : `${pages.length} pages`}`
    await progressRun(tx, run.id, { step: 'sitemap', done: 0, total, message })
    return tx.run.update({ where: { id: run.id }, data: { parameters } })
  })
  wakeUps.notify(runTopic(run.id))
  return read
}
