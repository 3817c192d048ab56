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
  const cosines = new Float32Array(numbers.length / dimensions)
  for (let index = 0; index < cosines.length; index++) {
    const from = index * dimensions
    let product = 0
    let squares = 0
    for (let i = 0; i < dimensions; i++) {
      const value = numbers[from + i]!
      product += query[i]! * value
      squares += value * value
    }
    cosines[index] = squares === 0 ? 0 : product / Math.sqrt(squares)
  }
  return cosines
}
