const greeting =
  /^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:hi|hello|hey|there|again|all|team|everyone|everybody|guys|folks|sir|madam|support|you))*$/

/** "Hi there!", or 👍: it says that somebody is there, and asks nothing yet. A question mark alone does ask. */
export function isGreeting(text: string): boolean {
  if (text.includes('?') || text.trim() === '') return false
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length === 0 || greeting.test(words.join(' '))
}
