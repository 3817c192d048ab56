/** JSON with the fields of every object in one order, so that what is the same gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    // An entry's name may be any: as a property of a literal, __proto__ would vanish.
    const sorted = Object.create(null) as Record<string, unknown>
    for (const [name, inner] of Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) sorted[name] = inner
    return sorted
  })
}
