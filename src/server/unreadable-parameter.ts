/**
 * Which parameter of a URL is no JSON object, where it has to be one; null when all can be read. Yoga would take it for a bug of ours, and its
 * error quotes the text.
 */
export function unreadableParameter({ searchParams }: URL): string | null {
  return ['variables', 'extensions'].find((name) => searchParams.getAll(name).some((text) => !isObjectOrNull(text))) ?? null
}

function isObjectOrNull(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && !Array.isArray(value)
  } catch {
    return false
  }
}
