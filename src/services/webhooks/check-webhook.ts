import type { Config } from '../../config.ts'
import type { WebhookEvent } from '../../generated/prisma/client.ts'
import { checkLiteralAddress, PrivateAddressError } from '../../lib/http/guarded-lookup.ts'
import { checkText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'

/** Names are looked up when something is sent, each time: what they mean may change. */
export function checkWebhookUrl(given: string, { WEBHOOK_PRIVATE_ADDRESSES: allowsPrivate }: Pick<Config, 'WEBHOOK_PRIVATE_ADDRESSES'>): string {
  const text = checkText('url', given, { maximum: limits.url }).trim()
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['https:', 'http:'].includes(url.protocol))
    throw new InvalidInputError('url is not a web address. Send one such as https://example.com/webhooks.')
  if (url.protocol === 'http:' && !allowsPrivate)
    throw new InvalidInputError(
      'url does not start with https://. Use https, or have the operator set WEBHOOK_PRIVATE_ADDRESSES=true for a private network.',
    )
  if (url.username !== '' || url.password !== '')
    throw new InvalidInputError('url holds a user or a password. Verify the signature of what arrives instead.')
  try {
    checkLiteralAddress(url, { allowsPrivate })
  } catch (error) {
    if (!(error instanceof PrivateAddressError)) throw error
    throw new InvalidInputError(`url: ${error.message}. Use a public one, or have the operator set WEBHOOK_PRIVATE_ADDRESSES=true.`)
  }
  // As it is asked: without line breaks inside, and without what stands behind #.
  url.hash = ''
  return url.href
}

export function checkWebhookEvents(given: WebhookEvent[]): WebhookEvent[] {
  if (given.length === 0) throw new InvalidInputError('events is empty. Name at least one event.')
  return [...new Set(given)]
}
