import type { SatisfactionRating, Survey } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { ConflictError, NotFoundError } from '../errors.ts'
import { readSurveyToken } from './survey-token.ts'

export type RatedSurvey = Survey & { rating: SatisfactionRating | null; conversation: { customerId: string; partnerId: string | null } }

/** The survey behind a link's token, with the answer so far. Throws NotFoundError for a token that is not ours, ConflictError for one that has expired. */
export async function readSurvey({ database }: Pick<Resources, 'database'>, token: string): Promise<RatedSurvey> {
  const signed = await readSurveyToken({ database }, token)
  const survey =
    signed &&
    (await database.survey.findUnique({
      where: { id: signed.surveyId },
      include: { rating: true, conversation: { select: { customerId: true, partnerId: true } } },
    }))
  if (!survey) throw new NotFoundError('survey', 'token')
  if (survey.expiresAt <= new Date())
    throw new ConflictError(`This survey ended on ${survey.expiresAt.toISOString().slice(0, 10)}. It takes no answers any more.`)
  return survey
}
