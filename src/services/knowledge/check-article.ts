import type { ArticleStatus, Audience } from '../../generated/prisma/client.ts'
import { stripInvisible } from '../../lib/text/strip-invisible.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

export interface ArticleContent {
  title: string
  body: string
  category: string
  tags: string[]
  audience: Audience
  locale: string
  status: ArticleStatus
}

type Given<Type> = { [Key in keyof Type]?: Type[Key] | null | undefined }

const maximumTags = 50
const tagLength = 100

/** The fields that were given, tidied and without invisible characters; throws an InvalidInputError for the first that cannot be stored. Null means not given. */
export function checkArticle(input: Given<ArticleContent>): Partial<ArticleContent> {
  return {
    ...(hasValue(input.title) && { title: checkText('title', oneLine(input.title), { maximum: limits.title }) }),
    ...(hasValue(input.body) && { body: checkText('body', tidyBody(input.body), { maximum: limits.articleBody }) }),
    ...(hasValue(input.category) && { category: checkText('category', oneLine(input.category), { maximum: limits.name }) }),
    ...(hasValue(input.tags) && { tags: checkTags(input.tags) }),
    ...(hasValue(input.locale) && { locale: checkLocale(input.locale) }),
    ...(hasValue(input.audience) && { audience: input.audience }),
    ...(hasValue(input.status) && { status: input.status }),
  }
}

function checkTags(tags: string[]): string[] {
  if (tags.length > maximumTags) throw new InvalidInputError(`tags has ${tags.length} entries, and at most ${maximumTags} are allowed.`)
  return [...new Set(tags.map((tag) => checkText('tags', oneLine(tag), { maximum: tagLength })))]
}

function checkLocale(locale: string): string {
  const isLikely = /^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,4}$/i.test(locale)
  try {
    if (isLikely) return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0]!
  } catch {
    // Well formed by its letters, and still no language tag, such as en-1234567.
  }
  throw new InvalidInputError('locale is no language tag. Write one such as en, de or pt-BR.')
}

const hasValue = <Type>(value: Type | null | undefined): value is Type => value !== null && value !== undefined
const oneLine = (text: string) => stripInvisible(text).replace(/\s+/g, ' ').trim()

// As a file holds it, so that an export and an import change nothing: line feeds, no blank lines around; the first line may be indented.
const tidyBody = (body: string) =>
  stripInvisible(body)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
