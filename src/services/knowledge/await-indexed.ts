import type { Article } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'

export const articleTopic = (articleId: string) => `article:${articleId}`

const pollMs = 150

/** The article as soon as the index holds this version of it, or as it stands when the time is over. */
export async function awaitIndexed(
  { database, wakeUps }: Pick<Resources, 'database' | 'wakeUps'>,
  article: Article,
  timeoutMs = 2_000,
): Promise<Article> {
  if (article.indexState !== 'PENDING') return article
  const deadline = Date.now() + timeoutMs
  let wake = () => {}
  // The job can be done before anybody waits for it: a wake-up counts from here on.
  let isAwake = false
  const stop = wakeUps.listen(articleTopic(article.id), () => {
    isAwake = true
    wake()
  })
  try {
    for (;;) {
      const current = await database.article.findUnique({ where: { id: article.id } })
      if (!current) return article
      if (current.indexState !== 'PENDING' || Date.now() >= deadline) return current
      if (!isAwake)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(pollMs, Math.max(1, deadline - Date.now())))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      isAwake = false
    }
  } finally {
    stop()
  }
}
