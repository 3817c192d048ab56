import { z } from 'zod'
import type { Resources } from '../../resources.ts'
import { readToken, signToken } from '../access/signed-token.ts'

const Payload = z.object({ survey: z.string().max(100), expires: z.number().int() })

/** What the customer's survey link carries: the survey, until when, and our signature over both. */
export function surveyToken(resources: Pick<Resources, 'database'>, { id, expiresAt }: { id: string; expiresAt: Date }): Promise<string> {
  return signToken(resources, { survey: id, expires: expiresAt.getTime() })
}

/** The survey that a token is for, or null when we did not sign it. Whether it has expired is for the caller to look at. */
export async function readSurveyToken(resources: Pick<Resources, 'database'>, token: string): Promise<{ surveyId: string; expiresAt: Date } | null> {
  const payload = await readToken(resources, token, Payload)
  return payload && { surveyId: payload.survey, expiresAt: new Date(payload.expires) }
}
