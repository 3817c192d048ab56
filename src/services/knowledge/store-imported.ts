import type { Article } from '../../generated/prisma/client.ts'
import type { Transaction } from '../../stores/database.ts'
import { isUrl } from './crawl/fetch-article.ts'
import type { ParsedArticle } from './files/parsed-article.ts'
import { storePhrasings } from './phrasings.ts'
import { slugFrom } from './slug.ts'
import { differences, lockArticle, storeChange, storeNewArticle } from './store-article.ts'

/** `articleId` when it has to be indexed. */
export type Stored = { outcome: 'created' | 'updated' | 'unchanged'; articleId: string | null } | { outcome: 'failed'; problem: string }

interface Source {
  runId: string
  path: string
  hash: string
  authorId: string | null
}

/**
 * Makes the article say what was read. It is the one that was read from this path before; otherwise the one with the slug that it asks for, which
 * belongs to this path from now on; otherwise a new one.
 */
export async function storeImported(tx: Transaction, parsed: ParsedArticle, source: Source): Promise<Stored> {
  const { path, hash, authorId } = source
  const atPath = await tx.article.findUnique({ where: { sourcePath: path }, select: { id: true, sourceHash: true } })
  // The same file again: what people changed in the article since stays.
  if (atPath?.sourceHash === hash) return { outcome: 'unchanged', articleId: null }
  const named = parsed.slug && (await tx.article.findUnique({ where: { slug: parsed.slug.value } }))
  const taken = named && (await whyTaken(tx, named, atPath?.id ?? null, source))
  if (taken) return { outcome: 'failed', problem: `${parsed.slug?.line === undefined ? '' : `line ${parsed.slug.line}: `}${taken}` }

  const id = atPath?.id ?? named?.id
  const article = id ? await lockArticle(tx, id) : null
  if (!article) {
    const slug = parsed.slug?.value ?? slugFrom(parsed.name)
    const created = await storeNewArticle(tx, parsed.content, { slug, authorId, sourcePath: path, sourceHash: hash })
    if (parsed.phrasings) await storePhrasings(tx, created.id, parsed.phrasings)
    return { outcome: 'created', articleId: created.id }
  }
  return change(tx, article, parsed, source)
}

async function change(tx: Transaction, article: Article, parsed: ParsedArticle, { path, hash, authorId }: Source): Promise<Stored> {
  // What comes from an address keeps coming from there: the next look at it must find the article.
  const keepsSource = article.sourcePath !== null && article.sourcePath !== path && isUrl(article.sourcePath)
  const source = keepsSource ? {} : { sourcePath: path, sourceHash: hash }
  const hasMoved = article.sourceHash === hash && article.sourcePath !== path
  const changes = hasMoved ? {} : differences(article, parsed.content)
  const hasNewPhrasings = parsed.phrasings !== null && (await storePhrasings(tx, article.id, parsed.phrasings))
  const slug = parsed.slug && parsed.slug.value !== article.slug ? { slug: parsed.slug.value } : {}
  if (Object.keys(changes).length > 0) {
    await storeChange(tx, article, changes, { authorId, ...source, ...slug })
    return { outcome: 'updated', articleId: article.id }
  }
  await tx.article.update({ where: { id: article.id }, data: { ...source, ...slug, updatedAt: article.updatedAt } })
  return { outcome: hasNewPhrasings || 'slug' in slug ? 'updated' : 'unchanged', articleId: hasNewPhrasings ? article.id : null }
}

/** Why the article with that slug is not this file's, or null. */
async function whyTaken(tx: Transaction, named: Article, atPathId: string | null, { runId, path }: Source): Promise<string | null> {
  if (named.id === atPathId) return null
  if (atPathId !== null) return `the slug ${named.slug} belongs to another article; leave it out, or choose another one`
  if (named.sourcePath === null || named.sourcePath === path) return null
  const others = await tx.importFile.count({ where: { runId, path: named.sourcePath } })
  return others === 0 ? null : `the slug ${named.slug} is ${named.sourcePath}’s already; choose another one`
}
