/** Is notified when a request with an idempotency key has ended. */
export const requestTopic = (id: string) => `request:${id}`
