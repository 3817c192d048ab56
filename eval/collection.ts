import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { parseArticleFile } from '../src/services/knowledge/files/parse-article-file.ts'
import { dataFolder, readLines } from './help-center.ts'

/** Articles, and questions with the articles that answer them. */
export interface Collection {
  name: string
  articles: { id: string; title: string; body: string; category?: string | undefined }[]
  questions: { question: string; articles: string[]; kind: string }[]
}

const id = z.union([z.string(), z.number()]).transform(String)
const ArticleLine = z.object({
  id,
  title: z.string().optional(),
  body: z.string().optional(),
  text: z.string().optional(),
  category: z.string().optional(),
})
const QuestionLine = z.object({ question: z.string(), articles: z.array(id).min(1), kind: z.string().default('all') })

/** Throws with the line that is neither an article nor a question. */
export function readCollection(path: string): Collection {
  const collection: Collection = { name: basename(path, '.jsonl'), articles: [], questions: [] }
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      const row = JSON.parse(line) as object
      if ('question' in row) collection.questions.push(QuestionLine.parse(row))
      else {
        const article = ArticleLine.parse(row)
        const body = article.body ?? article.text ?? ''
        collection.articles.push({ id: article.id, title: article.title?.trim() || body.slice(0, 80), body, category: article.category })
      }
    } catch (error) {
      throw new Error(
        `${path}, line ${index + 1}: neither an article {id, title, body} nor a question {question, articles} (${(error as Error).message.split('\n')[0]})`,
      )
    }
  }
  const known = new Set(collection.articles.map((article) => article.id))
  const lost = collection.questions.find(({ articles }) => !articles.some((article) => known.has(article)))
  if (lost)
    throw new Error(
      `${path}: no article has the id ${lost.articles.join(' or ')}, which the question ${JSON.stringify(lost.question.slice(0, 60))} names.`,
    )
  return collection
}

/** The sample help centre with its questions, without those that need a history. */
export function helpCenterCollection(): Collection {
  const folder = join(dataFolder, 'help-center')
  return {
    name: 'help-center',
    articles: readdirSync(folder)
      .sort()
      .map((name) => ({
        id: name.replace(/\.md$/, ''),
        ...parseArticleFile({ path: name, content: readFileSync(join(folder, name), 'utf8') }).content,
      })),
    questions: readLines<Collection['questions'][number]>('questions.jsonl').filter(({ kind }) => kind !== 'followup'),
  }
}
