/** An idempotency key as it is stored: what customers and agents send does not share one space, so neither can use up the other's keys. */
export function scopedKey(sender: 'customer' | 'agent', key: string | null): string | null {
  return key === null ? null : `${sender}:${key}`
}
