/**
 * Vectors as signed bytes, one after the other: a quarter of the size, and their cosines differ from the exact ones in the third decimal.
 * Each is scaled by its own largest number, so a cosine needs its length, and not the scale.
 */
export function packVectors(vectors: Float32Array[]): Uint8Array<ArrayBuffer> {
  const dimensions = vectors[0]?.length ?? 0
  const packed = new Int8Array(vectors.length * dimensions)
  for (const [index, vector] of vectors.entries()) {
    let largest = 0
    for (const value of vector) largest = Math.max(largest, Math.abs(value))
    const scale = largest === 0 ? 0 : 127 / largest
    for (let i = 0; i < dimensions; i++) packed[index * dimensions + i] = Math.round(vector[i]! * scale)
  }
  return new Uint8Array(packed.buffer)
}

/** The cosine of the query with each packed vector, in their order. The query is normalised. */
export function packedCosines(query: Float32Array, packed: Uint8Array): Float32Array {
  const numbers = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength)
  const dimensions = query.length
  const lengths = lengthsOf(packed, numbers, dimensions)
  const cosines = new Float32Array(lengths.length)
  for (let index = 0; index < cosines.length; index++) {
    const from = index * dimensions
    let product = 0
    for (let i = 0; i < dimensions; i++) product += query[i]! * numbers[from + i]!
    cosines[index] = lengths[index] === 0 ? 0 : product / lengths[index]!
  }
  return cosines
}

// Those of an index in memory are asked again and again.
const known = new WeakMap<Uint8Array, Float32Array>()

function lengthsOf(packed: Uint8Array, numbers: Int8Array, dimensions: number): Float32Array {
  const before = known.get(packed)
  if (before) return before
  const lengths = new Float32Array(Math.floor(numbers.length / dimensions))
  for (let index = 0; index < lengths.length; index++) {
    let squares = 0
    for (let i = index * dimensions; i < (index + 1) * dimensions; i++) squares += numbers[i]! ** 2
    lengths[index] = Math.sqrt(squares)
  }
  known.set(packed, lengths)
  return lengths
}
