import { Webhook as Signer } from 'standardwebhooks'
import { guardedPost, PostError } from '../../lib/http/guarded-post.ts'
import type { Resources } from '../../resources.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { messageBody } from './message-body.ts'
import { recordAttempt } from './record-attempt.ts'
import { webhookSecret } from './webhook-secret.ts'

const timeoutMs = 15_000
const maximumAnswerBytes = 65_536

type Needed = Pick<Resources, 'database' | 'config' | 'logger' | 'metrics'>

export interface Outcome {
  /** Null when nothing was answered; `error` says why. */
  statusCode: number | null
  error: string | null
  retryAfter?: string | undefined
  tookMs: number
}

/** Sends one delivery once and writes down how it went. With an aborted signal it is due again instead: stopping the server is no failure of the receiver. */
export async function attemptDelivery(resources: Needed, delivery: ClaimedDelivery, { signal }: { signal: AbortSignal }): Promise<void> {
  const body = messageBody(delivery)
  const headers = { 'content-type': 'application/json', 'user-agent': 'Understudy-Webhooks/1', ...(await signedHeaders(resources, delivery, body)) }
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  let outcome: Outcome
  try {
    const allowsPrivate = resources.config.WEBHOOK_PRIVATE_ADDRESSES
    const { status, headers: answer } = await guardedPost(delivery.url, {
      body,
      headers,
      allowsPrivate,
      timeoutMs,
      maximumBytes: maximumAnswerBytes,
      signal,
    })
    outcome = {
      statusCode: status,
      error: status >= 200 && status < 300 ? null : `it answered ${status}`,
      retryAfter: answer['retry-after'],
      tookMs: took(),
    }
  } catch (error) {
    if (signal.aborted) {
      await resources.database.webhookDelivery.updateMany({ where: { id: delivery.id, status: 'PENDING' }, data: { nextAttemptAt: new Date() } })
      return
    }
    if (!(error instanceof PostError)) throw error
    outcome = { statusCode: null, error: error.message, tookMs: took() }
  }
  await recordAttempt(resources, delivery, outcome)
}

async function signedHeaders(
  { database }: Needed,
  { webhookId, eventId, secretVersion, previousSecretUntil }: ClaimedDelivery,
  body: string,
): Promise<Record<string, string>> {
  const now = new Date()
  const versions = previousSecretUntil && previousSecretUntil > now ? [secretVersion, secretVersion - 1] : [secretVersion]
  const secrets = await Promise.all(versions.map((version) => webhookSecret({ database }, { id: webhookId, version })))
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Signer(secret).sign(eventId, now, body)).join(' '),
  }
}
