import { setImmediate as breathe } from 'node:timers/promises'
import type { Embedder } from '../../engines/embedder.ts'
import type { AlikeSections } from './alike-sections.ts'
import { type Contradiction, compareClaims, type Rarity } from './compare-claims.ts'
import { cosineScale } from './cosine-scale.ts'
import { type Claim, readClaims } from './read-claims.ts'
import { differ } from './read-values.ts'
import type { Section } from './sections.ts'

export interface FoundContradiction extends Contradiction {
  a: Claim
  b: Claim
}

const textsAtOnce = 256

/** Sentences in alike passages that give different values for the same thing. */
export async function findContradictions(
  embedder: Embedder,
  { pairs, rarity, signal }: { pairs: AlikeSections[]; rarity: Rarity; signal: AbortSignal },
): Promise<FoundContradiction[]> {
  const claimsOf = new Map<string, Claim[]>()
  const read = (section: Section) => {
    const claims = claimsOf.get(section.id) ?? readClaims(section)
    claimsOf.set(section.id, claims)
    return claims
  }
  const candidates = new Map<Claim, Set<Claim>>()
  for (const [index, { a, b }] of pairs.entries()) {
    for (const left of read(a)) {
      for (const right of read(b)) {
        // Found from the other side already.
        if (candidates.get(right)?.has(left) || !mayContradict(left, right)) continue
        candidates.set(left, (candidates.get(left) ?? new Set()).add(right))
      }
    }
    if (index % 64 === 0) await breathe()
  }
  const vectors = await embed(
    embedder,
    [...new Set([...candidates].flatMap(([claim, others]) => [claim, ...others].map(({ masked }) => masked)))],
    signal,
  )
  const scale = await cosineScale(embedder, signal)
  const found: FoundContradiction[] = []
  for (const [a, others] of candidates) {
    for (const b of others) {
      const contradiction = compareClaims(a, b, { meaning: scale.of(dot(vectors.get(a.masked)!, vectors.get(b.masked)!)), rarity })
      if (contradiction) found.push({ ...contradiction, a, b })
    }
    await breathe()
  }
  return found
}

const mayContradict = (a: Claim, b: Claim) => a.values.some((value) => b.values.some((other) => differ(value, other)))

async function embed(embedder: Embedder, texts: string[], signal: AbortSignal): Promise<Map<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>()
  for (let from = 0; from < texts.length; from += textsAtOnce) {
    const slice = texts.slice(from, from + textsAtOnce)
    const embedded = await embedder.embed(slice, { priority: 'bulk', signal })
    for (const [index, text] of slice.entries()) vectors.set(text, embedded[index]!)
  }
  return vectors
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
